// A recording of gaze as it may come from the field, read and labelled.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "attune/attention/gaze_classifier.hpp"
#include "attune/datasets/gaze_recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto recording =
      attune::datasets::parse_gaze("fuzz.csv", {reinterpret_cast<const char*>(data), size});
  if (!recording) return 0;
  for (const auto mode : {attune::attention::GazeMode::online, attune::attention::GazeMode::offline}) {
    attune::attention::GazeClassifier classifier(mode);
    std::size_t out = 0;
    const auto take = [&](std::span<const attune::attention::LabelledGaze> ready) {
      for (const auto& sample : ready) {
        if (!std::isfinite(sample.speed_deg_s)) std::abort();
        out += sample.copies;
      }
    };
    for (const auto& sample : recording->samples)
      take(classifier.push({sample.time, sample.direction, sample.tracked}));
    take(classifier.finish());
    if (out != recording->samples.size()) std::abort();
  }
  return 0;
}
