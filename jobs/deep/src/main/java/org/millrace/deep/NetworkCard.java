package org.millrace.deep;

import java.util.List;
import org.millrace.deep.net.LayerRow;
import org.millrace.deep.net.Network;
import org.millrace.deep.train.Trained;
import org.millrace.model.ModelDescription;

/** What is told of a trained network in the model store. */
final class NetworkCard {
  private NetworkCard() {}

  static ModelDescription description(TrainConfig c, NetworkModel model, Trained trained) {
    Network network = model.engine().network();
    long parameters = network.layers().stream().mapToLong(LayerRow::parameters).sum();
    return new ModelDescription(
        network.layers().isEmpty()
            ? "A neural network, %s.".formatted(network.architecture())
            : "A neural network of %d layers with %d parameters."
                .formatted(network.layers().size(), parameters),
        "Deeplearning4j, trained by %d ranks with batches of %d each for %d epochs (%d steps), seed %d; the parameters are"
                .formatted(
                    c.ranks(), c.batchSize(), trained.epochs().size(), trained.steps(), c.seed())
            + " those of epoch %d.".formatted(trained.epoch() + 1),
        "Rows like those that it was trained on, by deep.score.",
        List.of(
            "Rows unlike the training rows get an answer all the same; watch what is scored.",
            "Classes that were rare in training are told less well: see the metrics by class."));
  }
}
