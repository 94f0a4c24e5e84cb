#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "attune/telemetry/samples.hpp"

/// Sensors beside the headset: what they can give, and when a value may be believed.
namespace attune::sensors {

/// Bands of the EEG and expressions of the face are those of the frame, in its order.
inline constexpr std::uint8_t first_eeg_stream = 6;
inline constexpr std::uint8_t first_face_stream = first_eeg_stream + telemetry::eeg_band_count + 1;
[[nodiscard]] constexpr std::uint8_t place_of(telemetry::EegBand band) {
  return static_cast<std::uint8_t>(first_eeg_stream + static_cast<std::uint8_t>(band));
}
[[nodiscard]] constexpr std::uint8_t place_of(telemetry::Expression expression) {
  return static_cast<std::uint8_t>(first_face_stream + static_cast<std::uint8_t>(expression));
}

/// Everything that sensors beside the headset measure. One value of one stream is a number with an instant.
enum class Stream : std::uint8_t {
  heart_rate_bpm,
  rr_ms,
  breaths_per_min,
  breath_phase,
  skin_conductance_us,
  skin_temperature_c,
  eeg_delta = place_of(telemetry::EegBand::delta),
  eeg_theta = place_of(telemetry::EegBand::theta),
  eeg_alpha = place_of(telemetry::EegBand::alpha),
  eeg_beta = place_of(telemetry::EegBand::beta),
  eeg_gamma = place_of(telemetry::EegBand::gamma),
  eeg_alpha_asymmetry = first_eeg_stream + telemetry::eeg_band_count,
  brow_inner_up = place_of(telemetry::Expression::brow_inner_up),
  brow_outer_up = place_of(telemetry::Expression::brow_outer_up),
  brow_down = place_of(telemetry::Expression::brow_down),
  eye_wide = place_of(telemetry::Expression::eye_wide),
  eye_squint = place_of(telemetry::Expression::eye_squint),
  nose_wrinkle = place_of(telemetry::Expression::nose_wrinkle),
  smile = place_of(telemetry::Expression::smile),
  frown = place_of(telemetry::Expression::frown),
  lip_stretch = place_of(telemetry::Expression::lip_stretch),
  lip_press = place_of(telemetry::Expression::lip_press),
  jaw_open = place_of(telemetry::Expression::jaw_open),
  eyes_closed = place_of(telemetry::Expression::eyes_closed),
  pupil_mm = first_face_stream + telemetry::expression_count,
};
inline constexpr std::size_t stream_count = first_face_stream + telemetry::expression_count + 1;

[[nodiscard]] constexpr std::size_t index_of(Stream stream) { return static_cast<std::size_t>(stream); }
[[nodiscard]] constexpr Stream stream_of(telemetry::EegBand band) {
  return static_cast<Stream>(place_of(band));
}
[[nodiscard]] constexpr Stream stream_of(telemetry::Expression expression) {
  return static_cast<Stream>(place_of(expression));
}

/// What people take for one sensor: streams that come and go together.
enum class Group : std::uint8_t { heart_rate, beats, breathing, skin, warmth, eeg, face, pupil };
inline constexpr std::size_t group_count = 8;

/// One row of the table of streams.
struct StreamInfo {
  Stream stream;
  std::string_view name;  ///< as the address map says it
  std::string_view unit;
  Group group;
  float least, most;  ///< a value outside is the sensor's, not the body's
  float oldest_s;     ///< a value older than this says nothing of now
};

// clang-format off
/// All streams, in the order of `Stream`. The bounds of heart, breath and skin are those that the features use
/// (docs/features.md): a living adult at rest or in fear. RR bounds are those of the heart rate. What bands and
/// expressions mean stands at `telemetry::Vitals`. A pupil is 2 to 8 mm wide (Watson & Yellott, J Vis 12, 2012); the
/// bounds leave a tracker its error and are those of `attention::PupilCorrection`.
inline constexpr std::array<StreamInfo, stream_count> stream_table{
    StreamInfo{Stream::heart_rate_bpm, "heart_rate_bpm", "1/min", Group::heart_rate, 30.0F, 220.0F, 10.0F},
    StreamInfo{Stream::rr_ms, "rr_ms", "ms", Group::beats, 60000.0F / 220.0F, 60000.0F / 30.0F, 5.0F},
    StreamInfo{Stream::breaths_per_min, "breaths_per_min", "1/min", Group::breathing, 3.0F, 60.0F, 20.0F},
    StreamInfo{Stream::breath_phase, "breath_phase", "1", Group::breathing, 0.0F, 1.0F, 1.0F},
    StreamInfo{Stream::skin_conductance_us, "skin_conductance_us", "µS", Group::skin, 0.05F, 60.0F, 5.0F},
    StreamInfo{Stream::skin_temperature_c, "skin_temperature_c", "°C", Group::warmth, 15.0F, 42.0F, 10.0F},
    StreamInfo{Stream::eeg_delta, "eeg_delta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},
    StreamInfo{Stream::eeg_theta, "eeg_theta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},
    StreamInfo{Stream::eeg_alpha, "eeg_alpha", "share", Group::eeg, 0.0F, 1.0F, 3.0F},
    StreamInfo{Stream::eeg_beta, "eeg_beta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},
    StreamInfo{Stream::eeg_gamma, "eeg_gamma", "share", Group::eeg, 0.0F, 1.0F, 3.0F},
    StreamInfo{Stream::eeg_alpha_asymmetry, "eeg_alpha_asymmetry", "ln", Group::eeg, -5.0F, 5.0F, 3.0F},
    StreamInfo{Stream::brow_inner_up, "brow_inner_up", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::brow_outer_up, "brow_outer_up", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::brow_down, "brow_down", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::eye_wide, "eye_wide", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::eye_squint, "eye_squint", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::nose_wrinkle, "nose_wrinkle", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::smile, "smile", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::frown, "frown", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::lip_stretch, "lip_stretch", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::lip_press, "lip_press", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::jaw_open, "jaw_open", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::eyes_closed, "eyes_closed", "share", Group::face, 0.0F, 1.0F, 5.0F},
    StreamInfo{Stream::pupil_mm, "pupil_mm", "mm", Group::pupil, 1.0F, 10.0F, 2.0F},
};
// clang-format on
static_assert([] {
  for (std::size_t i = 0; i < stream_count; ++i) {
    if (index_of(stream_table[i].stream) != i) return false;
  }
  return true;
}());

/// Why a stream has no value that may be believed; `none`: it has one.
enum class Fault : std::uint8_t {
  none,
  never,         ///< nothing came yet
  silent,        ///< nothing came for longer than the stream's `oldest_s`
  not_a_number,  ///< NaN or infinite
  out_of_range,  ///< outside the stream's bounds
  back_in_time,  ///< measured before the value that came before it, or at a time that its clock cannot have
  no_contact,    ///< the sensor says that it does not touch the skin
  disconnected,  ///< the sensor's link is gone
};

[[nodiscard]] constexpr const StreamInfo& info(Stream stream) { return stream_table[index_of(stream)]; }
/// The stream of a name in the table.
[[nodiscard]] std::optional<Stream> find_stream(std::string_view name);
/// Whether a value can come from a living body: `none`, `not_a_number` or `out_of_range`.
[[nodiscard]] Fault judge(Stream stream, double value);

/// For people: "no contact with the skin".
[[nodiscard]] std::string_view words(Fault fault);
/// For people: "skin conductance".
[[nodiscard]] std::string_view words(Group group);

}  // namespace attune::sensors
