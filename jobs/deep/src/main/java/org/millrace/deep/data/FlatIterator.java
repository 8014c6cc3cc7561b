package org.millrace.deep.data;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Each of some things made into several, one after the other, none held longer than needed. */
final class FlatIterator<A, B> implements Iterator<B> {
  private final Iterator<A> things;
  private final Function<A, ? extends Iterable<B>> several;
  private Iterator<B> current = Collections.emptyIterator();

  FlatIterator(Iterator<A> things, Function<A, ? extends Iterable<B>> several) {
    this.things = things;
    this.several = several;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && things.hasNext()) {
      current = several.apply(things.next()).iterator();
    }
    return current.hasNext();
  }

  @Override
  public B next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }
}
