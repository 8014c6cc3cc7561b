package org.millrace.deep.data;

/** An input of a network and what it is made of. */
public record NamedInput(String name, Input input) {}
