#include "cli/examples/feature_course.hpp"

namespace attune::cli {

void MeanFeatures::add(const state::Features& features) {
  ++moments_;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    if (!features.present[i]) continue;
    sums_[i] += static_cast<double>(features.value[i]);
    counts_[i] += 1.0;
  }
}

state::Features MeanFeatures::mean() const {
  state::Features features;
  for (std::size_t i = 0; i < state::feature_count; ++i) {
    if (counts_[i] == 0.0 || 2.0 * counts_[i] < static_cast<double>(moments_)) continue;
    features.value[i] = static_cast<float>(sums_[i] / counts_[i]);
    features.present.set(i);
  }
  return features;
}

void play(std::span<const telemetry::Frame> frames, double from_s, double to_s,
          const std::function<void(double, const state::Features&)>& on_step) {
  state::FeatureExtractor extractor;
  for (const auto& frame : frames) {
    const double time_s = frame.time.seconds();
    if (time_s < from_s) continue;
    if (time_s > to_s) return;
    if (extractor.push(frame)) on_step(time_s - from_s, extractor.current());
  }
}

}  // namespace attune::cli
