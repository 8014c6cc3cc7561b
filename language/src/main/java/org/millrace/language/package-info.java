/**
 * Texts to words and to vectors: what the families that read texts share. It has no job; what a
 * family makes of the vectors is its own.
 */
package org.millrace.language;
