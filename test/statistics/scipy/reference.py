"""Reads data sets and confidence levels from stdin as JSON, and writes what NumPy and SciPy make of them to stdout."""

import json
import sys

import numpy as np
from scipy import stats

# Of the intervals that have no other.
LEVEL = 0.95


def estimate(value, low, high):
    return {"value": value, "low": low, "high": high}


def t_reach(freedom, level=LEVEL):
    return stats.t.ppf(0.5 + level / 2, freedom)


def mean_interval(values, level):
    low, high = stats.t.interval(level, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
    return estimate(np.mean(values), low, high)


def quantile_interval(values, p):
    interval = stats.quantile_test(values, p=p).confidence_interval(LEVEL)
    return estimate(np.quantile(values, p), interval.low, interval.high)


def paired(a, b, level):
    low, high = stats.ttest_rel(a, b).confidence_interval(level)
    return estimate(np.mean(a) - np.mean(b), low, high)


def welch(a, b):
    low, high = stats.ttest_ind(b, a, equal_var=False).confidence_interval(LEVEL)
    return estimate(np.mean(b) - np.mean(a), low, high)


def welch_freedom(a, b):
    return stats.ttest_ind(b, a, equal_var=False).df


def fieller(a, b, covariance, reach):
    """The ratio of two means in the form of Finney (Statistical Method in Biological Assay): by g, and a root of variances."""
    ratio = np.mean(a) / np.mean(b)
    v11, v22, v12 = stats.sem(a) ** 2, stats.sem(b) ** 2, covariance
    g = reach**2 * v22 / np.mean(b) ** 2
    if g >= 1:
        return estimate(ratio, np.nan, np.nan)
    centre = ratio - g * v12 / v22
    root = np.sqrt(v11 - 2 * ratio * v12 + ratio**2 * v22 - g * (v11 - v12**2 / v22))
    half = reach / np.mean(b) * root
    return estimate(ratio, (centre - half) / (1 - g), (centre + half) / (1 - g))


def paired_ratio(a, b, level):
    n = len(a)
    return fieller(a, b, np.cov(a, b)[0, 1] / n, t_reach(n - 1, level))


def unpaired_ratio(a, b):
    return fieller(b, a, 0, t_reach(welch_freedom(a, b)))


def cluster_error(blocks):
    """Of the mean of all values: the ratio estimator of cluster samples (Cochran, Sampling Techniques)."""
    sums, counts = np.array([np.sum(each) for each in blocks]), np.array([len(each) for each in blocks])
    residuals = sums - counts * np.sum(sums) / np.sum(counts)
    return np.sqrt(len(blocks) * np.sum(residuals**2) / (len(blocks) - 1)) / np.sum(counts)


def mean_over_blocks(blocks):
    flat = np.concatenate(blocks)
    half = t_reach(len(blocks) - 1) * cluster_error(blocks)
    return estimate(np.mean(flat), np.mean(flat) - half, np.mean(flat) + half)


def quantile_over_blocks(blocks, p):
    """Korn and Graubard (1998): the design effect of the share below the quantile makes the sample smaller, and the ranks
    are those that SciPy finds for a sample of that size, among all values."""
    flat = np.sort(np.concatenate(blocks))
    n, value = len(flat), np.quantile(flat, p)
    below = [np.less_equal(each, value).astype(float) for each in blocks]
    effect = cluster_error(below) ** 2 / stats.sem(np.concatenate(below)) ** 2
    effective = n / effect * (t_reach(n - 1) / t_reach(len(blocks) - 1)) ** 2
    effective = min(n, int(np.floor(effective + 1e-6)))
    ranks = stats.quantile_test(np.arange(1.0, effective + 1), p=p).confidence_interval(LEVEL)
    factor = (n + 1) / (effective + 1)
    low = np.nan if np.isnan(ranks.low) else flat[int(np.floor(ranks.low * factor)) - 1]
    high = np.nan if np.isnan(ranks.high) else flat[int(np.ceil(ranks.high * factor)) - 1]
    return estimate(value, low, high)


def bootstraps(a, b, p, levels):
    """Whole blocks are drawn, as pairs; a level is the one that puts the percentile's ends where Student's t has them."""
    n = len(a)
    a, b = np.asarray(a), np.asarray(b)

    def difference(blocks):
        return np.quantile(a[blocks].ravel(), p) - np.quantile(b[blocks].ravel(), p)

    drawn = None
    for level in levels:
        reach = t_reach(n - 1, level) * np.sqrt(n / (n - 1))
        drawn = stats.bootstrap(
            (np.arange(n),),
            difference,
            vectorized=False,
            method="percentile",
            confidence_level=1 - 2 * stats.norm.cdf(-reach),
            # The first level's draws do for all.
            n_resamples=5000 if drawn is None else 0,
            bootstrap_result=drawn,
            rng=np.random.default_rng(1),
        )
        interval = drawn.confidence_interval
        value = difference(np.arange(n))
        yield {**estimate(value, interval.low, interval.high), "error": drawn.standard_error}


def share(count, trials):
    low, high = stats.binomtest(count, trials).proportion_ci(LEVEL, method="exact")
    return estimate(count / trials, low, high)


def answer(data, levels):
    a, b, ragged, p = data["a"], data["b"], data["ragged"], data["p"]
    flat = np.ravel(a)
    means_a, means_b = np.mean(a, axis=1), np.mean(b, axis=1)
    # Another run, with fewer blocks.
    other = means_b[: len(means_b) // 2 + 1]
    return {
        "mean": [mean_interval(flat, level) for level in levels],
        "quantile": quantile_interval(flat, p),
        "paired": [paired(means_a, means_b, level) for level in levels],
        "pairedRatio": [paired_ratio(means_a, means_b, level) for level in levels],
        "scatters": [{"value": np.mean(m), "standardError": stats.sem(m), "freedom": len(m) - 1} for m in (means_a, other)],
        "welch": welch(means_a, other),
        "unpairedRatio": unpaired_ratio(means_a, other),
        "overBlocks": [{"mean": mean_over_blocks(each), "quantile": quantile_over_blocks(each, p)} for each in (a, ragged)],
        "bootstrap": list(bootstraps(a, b, p, levels)),
    }


given = json.load(sys.stdin)
answers = {
    "sets": [answer(data, given["levels"]) for data in given["sets"]],
    "shares": [share(*each) for each in given["shares"]],
}
json.dump(answers, sys.stdout, default=float)
