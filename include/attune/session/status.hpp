#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "attune/scene/directive.hpp"
#include "attune/telemetry/activity.hpp"
#include "attune/telemetry/frame.hpp"
#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/phase.hpp"

namespace attune::session {

/// What is there beside head and picture; bits of `Status::sensors` by their position.
enum class SensorKind : std::uint8_t {
  eye_gaze,
  controllers,
  heart_rate,
  breathing,
  skin_conductance,
  skin_temperature,
  eeg,
  face,
  pupil,
  task,  ///< the programs of a desk
};
inline constexpr int sensor_kind_count = 10;

/// The sensors that gave something valid in a frame, as bits.
[[nodiscard]] std::uint32_t sensors_in(const telemetry::Frame& frame);
/// In words for a therapist.
[[nodiscard]] std::string_view text(SensorKind kind, treatment::Language language);

/// How a session stands, for whoever steers it. Plain values: words come from the programme and the tables
/// of texts.
struct Status {
  /// The state is shown as its mean and 90 % of what it may be: mean ± 1.645 standard deviations.
  static constexpr float band_deviations = 1.645F;

  struct Rating {
    float value = 0.0F;  ///< SUDS, 0..100
    core::SessionTime given{};
  };

  core::SessionTime time{};
  treatment::Phase phase = treatment::Phase::waiting;
  scene::Place place = scene::Place::safe_place;
  bool stimulus_hidden = true;
  bool worn = false, focused = false, head_tracked = false;
  float state_mean = 0.0F, state_deviation = 1.0F;  ///< anxiety, 0..1
  float ceiling = 0.0F;                             ///< of the state's upper bound, 0..1
  std::optional<float> asked_ceiling;               ///< a raised one that waits for its confirmation
  float intensity = 0.0F;                           ///< as shown, 0..1
  std::uint16_t step = 0, steps = 0;                ///< from 0; how many the ladder has
  telemetry::Activity activity = telemetry::Activity::none;
  std::optional<Rating> suds;  ///< the last one
  treatment::Hold hold = treatment::Hold::none;
  treatment::Why why = treatment::Why::none;
  scene::QuestionPanel question;  ///< the open one
  std::uint16_t prompt = 0;       ///< 1 + index into the programme's prompts; 0: none is shown
  std::uint32_t sensors = 0;      ///< bits of `SensorKind`
  /// What the body shows and what the patient answers contradict each other: a sensor may be wrong, or the
  /// patient says less, or more, than they feel.
  bool body_doubted = false;
  float therapist_silence_s = 0.0F;

  [[nodiscard]] float age_of_suds_s() const {
    return suds ? static_cast<float>(core::seconds_between(suds->given, time)) : 0.0F;
  }
};

/// The band of the state, in SUDS, 0..100.
struct Band {
  int low = 0, mean = 0, high = 0;
};
[[nodiscard]] Band band_of(const Status& status);

}  // namespace attune::session
