#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "attune/attention/gaze_labels.hpp"

namespace attune::attention {

/// How far two labellings of the same samples agree.
class LabelAgreement {
 public:
  /// One sample: what the first (an expert) and the second say of it.
  void add(GazeLabel first, GazeLabel second);

  /// Cohen's kappa of "is this label or is it not". Source: Cohen, Educ Psychol Meas 20 (1960).
  /// @return at most 1; nothing when there is no sample, or when both never or always give the label.
  [[nodiscard]] std::optional<double> kappa(GazeLabel label) const;
  /// Samples that got `first` from the first and `second` from the second.
  [[nodiscard]] std::int64_t count(GazeLabel first, GazeLabel second) const;
  [[nodiscard]] std::int64_t samples() const { return samples_; }

 private:
  std::array<std::array<std::int64_t, gaze_label_count>, gaze_label_count> counts_{};
  std::int64_t samples_ = 0;
};

}  // namespace attune::attention
