"""Trains ComplEx or DistMult by pykeen on triples and prints the filtered MRR on validation and on test triples, and seconds.

usage: graph.py MODEL SETTING SEED FOLDER_PREFIX     (the files are PREFIX_train.tsv, PREFIX_valid.tsv and PREFIX_test.tsv)
"""

import sys
import time

import torch
from pykeen.pipeline import pipeline
from pykeen.triples import TriplesFactory

SETTINGS = {
    # Cross-entropy over all entities with reciprocal relations, as ours.
    "all-entities": dict(
        training_loop="lcwa", loss="crossentropy", inverse=True, optimizer="adagrad", lr=0.1, dim=64, batch=256, negatives=None
    ),
    # The same by Adam, with binary cross-entropy: what pykeen's own reproducibility study found best among losses on kinships.
    "binary": dict(training_loop="lcwa", loss="bcewithlogits", inverse=True, optimizer="adam", lr=0.005, dim=128, batch=256, negatives=None),
    # Drawn negatives and softplus, the losses of the models' own papers.
    "negatives": dict(training_loop="slcwa", loss="softplus", inverse=False, optimizer="adagrad", lr=0.1, dim=128, batch=256, negatives=32),
}


def main(model: str, setting: str, seed: int, prefix: str) -> None:
    s = SETTINGS[setting]
    torch.set_num_threads(2)
    training = TriplesFactory.from_path(f"{prefix}_train.tsv", create_inverse_triples=s["inverse"])
    same = dict(entity_to_id=training.entity_to_id, relation_to_id=training.relation_to_id)
    validation = TriplesFactory.from_path(f"{prefix}_valid.tsv", **same)
    testing = TriplesFactory.from_path(f"{prefix}_test.tsv", **same)
    more = {}
    if s["negatives"]:
        more = dict(negative_sampler="basic", negative_sampler_kwargs=dict(num_negs_per_pos=s["negatives"]))
    from_ = time.time()
    result = pipeline(
        training=training,
        validation=validation,
        testing=testing,
        model=model,
        model_kwargs=dict(embedding_dim=s["dim"]),
        training_loop=s["training_loop"],
        loss=s["loss"],
        optimizer=s["optimizer"],
        optimizer_kwargs=dict(lr=s["lr"]),
        training_kwargs=dict(num_epochs=200, batch_size=s["batch"], use_tqdm=False),
        stopper="early",
        stopper_kwargs=dict(frequency=5, patience=4, relative_delta=0.0, metric="mrr", larger_is_better=True),
        evaluation_kwargs=dict(use_tqdm=False),
        random_seed=seed,
        device="cpu",
        **more,
    )
    seconds = time.time() - from_
    print(
        max(result.stopper.results),
        result.metric_results.get_metric("both.realistic.inverse_harmonic_mean_rank"),
        result.metric_results.get_metric("both.realistic.hits_at_1"),
        result.metric_results.get_metric("both.realistic.hits_at_10"),
        f"{seconds:.1f}",
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
