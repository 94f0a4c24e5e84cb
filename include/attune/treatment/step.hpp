#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "attune/telemetry/activity.hpp"
#include "attune/treatment/text.hpp"

namespace attune::treatment {

/// A range of exposure intensity, 0..1.
struct IntensityRange {
  float low = 0.0F, high = 0.0F;
};

/// One setting of the world in a step, for worlds that build their steps from such.
struct SceneParameter {
  std::string name;
  std::variant<double, std::string> value;
};

/// A way on from a step: taken when all its conditions have held for `held_s` without a break.
struct WayOn {
  std::optional<float> distress_at_most;   ///< 0..1, of the estimate's mean + 1 sigma
  std::optional<float> distress_at_least;  ///< 0..1, of its mean, or of a report of the last minute
  std::optional<float> expectancy_at_most, belief_at_most, urge_at_most;  ///< 0..100, answered in this step
  std::optional<double> after_s;                                          ///< time in the step
  bool done = false;  ///< the activity has come to its end
  double held_s = 0.0;
  std::optional<std::uint16_t> to;  ///< index of the step it leads to; none: the next
};

inline constexpr std::size_t most_ways_on = 8;  ///< from one step

/// One step of a programme: a rung of the ladder of exposure, or a part of a sequence.
struct Step {
  std::string id;  ///< may be empty
  Text title;
  telemetry::Activity activity = telemetry::Activity::exposure;
  IntensityRange intensity;
  double hold_s = 0.0;            ///< stayed at least so long before anything but the therapist goes on
  std::optional<double> limit_s;  ///< it goes on at the latest then
  std::vector<WayOn> go_on;
  std::vector<std::uint8_t> variants{0};  ///< of stimulus and context, shown in turn
  double vary_s = 120.0;                  ///< how long one variant is shown
  std::vector<SceneParameter> parameters;
};

/// How a programme's steps follow each other.
enum class Order : std::uint8_t {
  ladder = 0,    ///< by difficulty, up and down as the patient can take it
  sequence = 1,  ///< as written, one after the other
};

/// An activity as files write it: "gaze_training".
[[nodiscard]] std::string_view name_of(telemetry::Activity activity);

/// Activities that show the stimulus by their nature; only these stand on a ladder.
[[nodiscard]] constexpr bool shows_exposure(telemetry::Activity activity) {
  using telemetry::Activity;
  return activity == Activity::exposure || activity == Activity::experiment || activity == Activity::social ||
         activity == Activity::work;
}
/// Activities that pull the eyes in a direction of their own, and so never go with exposure in one step.
[[nodiscard]] constexpr bool forbids_exposure(telemetry::Activity activity) {
  return activity == telemetry::Activity::gaze_training || activity == telemetry::Activity::dot_probe;
}

}  // namespace attune::treatment
