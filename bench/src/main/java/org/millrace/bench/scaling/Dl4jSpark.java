package org.millrace.bench.scaling;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The small CNN by dl4j-spark as its users drive it, without any class of Millrace in the training:
 * {@code PREFIX FOLDER EVERY}. Minibatches are written once, each to a file, and {@code fitPaths}
 * trains on them, with parameters averaged after EVERY steps. Prints as {@link DeepAveraging} does;
 * what is not training is not told.
 */
public final class Dl4jSpark {
  private static final int RANKS = 2;
  private static final int BATCH = 64;
  private static final int STEPS = 40;
  private static final int EPOCHS = 4;
  private static final int VALIDATION = 1_000;
  private static final int CLASSES = 10;
  private static final int PREFETCH = 2;

  private Dl4jSpark() {}

  public static void main(String[] arguments) throws Exception {
    int every = Integer.parseInt(arguments[2]);
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(
            SparkSession.builder().appName("dl4j-spark").getOrCreate().sparkContext());
    List<String> paths = export(arguments[0]);
    SparkDl4jMultiLayer network =
        new SparkDl4jMultiLayer(
            spark,
            configuration(),
            new ParameterAveragingTrainingMaster.Builder(RANKS, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(every)
                .workerPrefetchNumBatches(PREFETCH)
                .repartionData(Repartition.Always)
                .rddTrainingApproach(RDDTrainingApproach.Export)
                .rngSeed(1)
                .build());
    network.fitPaths(spark.parallelize(paths, RANKS)); // Warms up.
    List<String> measured = new ArrayList<>();
    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      measured.addAll(paths);
    }
    long from = System.nanoTime();
    network.fitPaths(spark.parallelize(measured, RANKS));
    double seconds = (System.nanoTime() - from) / 1e9;
    System.out.printf(
        "%.1f nan %.4f%n",
        measured.size() * BATCH / seconds, accuracy(network.getNetwork(), arguments[0]));
    spark.stop();
  }

  private static MultiLayerConfiguration configuration() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .weightInit(WeightInit.RELU_UNIFORM)
        .updater(new Adam(0.001, 0.9, 0.999, 1e-8))
        .cacheMode(CacheMode.DEVICE)
        .list()
        .layer(convolution(32))
        .layer(convolution(64))
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build())
        .layer(new DropoutLayer(0.75)) // What is kept.
        .layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build())
        .layer(new DropoutLayer(0.5))
        .layer(
            new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutional(28, 28, 1))
        .build();
  }

  private static ConvolutionLayer convolution(int filters) {
    return new ConvolutionLayer.Builder(3, 3).nOut(filters).activation(Activation.RELU).build();
  }

  /** A file a minibatch, on the disk that all executors of a machine share. */
  private static List<String> export(String prefix) throws Exception {
    Path folder = Files.createTempDirectory("dl4j-spark");
    List<String> paths = new ArrayList<>();
    for (int rank = 0; rank < RANKS; rank++) {
      FashionBatches batches =
          new FashionBatches(prefix, VALIDATION, RANKS * BATCH * STEPS, RANKS, BATCH);
      try (BatchSource source = batches.open(rank)) {
        for (int step = 0; step < STEPS; step++) {
          File file = folder.resolve("minibatch-%d-%d.bin".formatted(rank, step)).toFile();
          dataSet(source.batch(0, step)).save(file);
          file.deleteOnExit();
          paths.add(file.toURI().toString());
        }
      }
    }
    folder.toFile().deleteOnExit();
    return paths;
  }

  private static DataSet dataSet(Batch batch) {
    INDArray images =
        Nd4j.createFromArray(batch.inputs().get(0).values().clone())
            .reshape('c', batch.rows(), 1, 28, 28);
    INDArray labels = Nd4j.zeros(batch.rows(), CLASSES);
    for (int row = 0; row < batch.rows(); row++) {
      labels.putScalar(row, (int) batch.targets()[row], 1);
    }
    return new DataSet(images, labels);
  }

  private static double accuracy(MultiLayerNetwork network, String prefix) throws Exception {
    int right = 0;
    try (BatchSource source = new FashionBatches(prefix, 0, VALIDATION, 1, 250).open(0)) {
      for (int step = 0; step < VALIDATION / 250; step++) {
        Batch batch = source.batch(0, step);
        int[] said = network.predict(dataSet(batch).getFeatures());
        for (int row = 0; row < batch.rows(); row++) {
          right += said[row] == (int) batch.targets()[row] ? 1 : 0;
        }
      }
    }
    return (double) right / VALIDATION;
  }
}
