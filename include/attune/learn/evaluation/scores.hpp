#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// How good a list of scores is.
namespace attune::learn {

/// Chance that a positive scores above a negative, equal scores counting half: the area under the receiver
/// operating characteristic (Hanley & McNeil, Radiology 143, 1982).
/// @param labels  0 or 1. @param scores  as many, finite.
/// @return nothing without a pair of both.
[[nodiscard]] std::optional<double> auc(std::span<const int> labels, std::span<const double> scores);

/// The same over pairs of one stratum only: a score that says nothing but the stratum gives 0.5. Pairs of all
/// strata weigh alike.
/// @param weights  of every example, 0 or above; a pair weighs their product. Empty: 1.
[[nodiscard]] std::optional<double> stratified_auc(std::span<const int> labels,
                                                   std::span<const double> scores,
                                                   std::span<const std::string> strata,
                                                   std::span<const double> weights = {});

/// Weighted share of right answers. Empty weights: 1. @return nothing without weight.
[[nodiscard]] std::optional<double> accuracy(std::span<const int> labels, std::span<const int> answers,
                                             std::span<const double> weights = {});

/// Mean over the classes there are of the share of right answers among their examples.
[[nodiscard]] std::optional<double> balanced_accuracy(std::span<const int> labels,
                                                      std::span<const int> answers,
                                                      std::span<const double> weights = {});

/// A figure of examples that each count as often as their weight says.
using WeightedFigure = std::function<std::optional<double>(std::span<const double> weights)>;

/// Standard error of a figure over people: as many people as there are, drawn with repetition, again and
/// again (Efron & Tibshirani 1993, chapter 6). All examples of a person are drawn together.
/// @param people  whose every example is. @param draws  at least 2.
/// @return nothing of fewer than two people, or where the figure is known for fewer than two draws.
[[nodiscard]] std::optional<double> bootstrap_error(std::span<const std::string> people,
                                                    const WeightedFigure& figure, std::size_t draws,
                                                    std::uint64_t seed);

}  // namespace attune::learn
