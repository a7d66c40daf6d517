"""Reads data sets from stdin as JSON and writes what NumPy and SciPy make of them to stdout."""

import json
import sys

import numpy as np
from scipy import stats

LEVEL = 0.95


def mean_interval(values):
    low, high = stats.t.interval(LEVEL, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
    return {"value": np.mean(values), "low": low, "high": high}


def quantile_interval(values, p):
    interval = stats.quantile_test(values, p=p).confidence_interval(LEVEL)
    return {"value": np.quantile(values, p), "low": interval.low, "high": interval.high}


def paired(a, b):
    low, high = stats.ttest_rel(a, b).confidence_interval(LEVEL)
    return {"value": np.mean(a) - np.mean(b), "low": low, "high": high}


def bootstrap(a, b, p):
    """Whole blocks are drawn, as pairs; the level is the one that puts the percentile's ends where Student's t has them."""
    n = len(a)
    a, b = np.asarray(a), np.asarray(b)

    def difference(blocks):
        return np.quantile(a[blocks].ravel(), p) - np.quantile(b[blocks].ravel(), p)

    reach = stats.t.ppf(0.5 + LEVEL / 2, n - 1) * np.sqrt(n / (n - 1))
    level = 1 - 2 * stats.norm.cdf(-reach)
    drawn = stats.bootstrap(
        (np.arange(n),),
        difference,
        vectorized=False,
        method="percentile",
        confidence_level=level,
        n_resamples=5000,
        rng=np.random.default_rng(1),
    )
    interval = drawn.confidence_interval
    value = difference(np.arange(n))
    return {"value": value, "low": interval.low, "high": interval.high, "error": drawn.standard_error}


def answer(data):
    a, b, p = data["a"], data["b"], data["p"]
    flat = np.ravel(a)
    return {
        "mean": mean_interval(flat),
        "quantile": quantile_interval(flat, p),
        "paired": paired(np.mean(a, axis=1), np.mean(b, axis=1)),
        "bootstrap": bootstrap(a, b, p),
    }


json.dump([answer(data) for data in json.load(sys.stdin)], sys.stdout, default=float)
