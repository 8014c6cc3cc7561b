package org.millrace.deep.net;

/** What one number of many is made of. */
public enum Summary {
  MAX,
  AVERAGE
}
