package org.millrace.text.graph;

/**
 * How a model scores a triple. Head and relation are composed into a query vector, and the score of
 * an entity as the answer is a product with its vector, or a distance to it. The inverse of a
 * relation is a relation with a vector of its own (reciprocal relations; Lacroix et al., 2018).
 *
 * <p>Vectors are runs of floats in arrays; a complex vector of d dimensions is d real parts, then d
 * imaginary ones.
 */
public enum Scoring {
  /** Re(h r conj(t)), in complex numbers (Trouillon et al., 2016). */
  COMPLEX {
    @Override
    public int width(int dimension) {
      return 2 * dimension;
    }

    @Override
    void compose(float[] h, int ho, float[] r, int ro, float[] q, int qo, int width) {
      int d = width / 2;
      for (int i = 0; i < d; i++) {
        q[qo + i] = h[ho + i] * r[ro + i] - h[ho + d + i] * r[ro + d + i];
        q[qo + d + i] = h[ho + i] * r[ro + d + i] + h[ho + d + i] * r[ro + i];
      }
    }

    @Override
    void pull(float[] other, int oo, float[] gq, int go, float[] into, int io, int width) {
      int d = width / 2;
      for (int i = 0; i < d; i++) {
        into[io + i] += gq[go + i] * other[oo + i] + gq[go + d + i] * other[oo + d + i];
        into[io + d + i] += gq[go + d + i] * other[oo + i] - gq[go + i] * other[oo + d + i];
      }
    }

    @Override
    void penalize(float[] x, int xo, float weight, float[] into, int io, int width) {
      int d = width / 2;
      for (int i = 0; i < d; i++) {
        float re = x[xo + i];
        float im = x[xo + d + i];
        float slope = 3 * weight * (float) Math.sqrt(re * re + im * im);
        into[io + i] += slope * re;
        into[io + d + i] += slope * im;
      }
    }
  },

  /** The sum of h r t (Yang et al., 2015). */
  DISTMULT {
    @Override
    void compose(float[] h, int ho, float[] r, int ro, float[] q, int qo, int width) {
      for (int i = 0; i < width; i++) {
        q[qo + i] = h[ho + i] * r[ro + i];
      }
    }

    @Override
    void pull(float[] other, int oo, float[] gq, int go, float[] into, int io, int width) {
      for (int i = 0; i < width; i++) {
        into[io + i] += gq[go + i] * other[oo + i];
      }
    }
  },

  /** -|h + r - t|^2, the squared Euclidean distance (Bordes et al., 2013). */
  TRANSE {
    @Override
    public boolean isDistance() {
      return true;
    }

    @Override
    void compose(float[] h, int ho, float[] r, int ro, float[] q, int qo, int width) {
      for (int i = 0; i < width; i++) {
        q[qo + i] = h[ho + i] + r[ro + i];
      }
    }

    @Override
    void pull(float[] other, int oo, float[] gq, int go, float[] into, int io, int width) {
      for (int i = 0; i < width; i++) {
        into[io + i] += gq[go + i];
      }
    }
  };

  /** Floats of a vector. */
  public int width(int dimension) {
    return dimension;
  }

  /** Whether a score is the negative squared distance of the answer from the query. */
  public boolean isDistance() {
    return false;
  }

  /** Writes the query vector of a head and a relation. */
  abstract void compose(float[] h, int ho, float[] r, int ro, float[] q, int qo, int width);

  /**
   * Adds the gradient of one of the two that make a query: all compositions are symmetric in them.
   *
   * @param other the one whose gradient is not asked for
   * @param gq gradient of the query
   */
  abstract void pull(float[] other, int oo, float[] gq, int go, float[] into, int io, int width);

  /** Adds the gradient of weight times the sum of cubed absolute values (N3). */
  void penalize(float[] x, int xo, float weight, float[] into, int io, int width) {
    for (int i = 0; i < width; i++) {
      into[io + i] += 3 * weight * Math.abs(x[xo + i]) * x[xo + i];
    }
  }
}
