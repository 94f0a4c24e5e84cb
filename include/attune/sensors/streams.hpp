#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// Sensors beside the headset: what they can give, and when a value may be believed.
namespace attune::sensors {

/// Everything that sensors beside the headset measure. One value of one stream is a number with an instant.
enum class Stream : std::uint8_t {
  heart_rate_bpm,
  rr_ms,
  breaths_per_min,
  breath_phase,
  skin_conductance_us,
  skin_temperature_c,
  eeg_delta,
  eeg_theta,
  eeg_alpha,
  eeg_beta,
  eeg_gamma,
  eeg_alpha_asymmetry,
  brow_inner_up,
  brow_outer_up,
  brow_down,
  eye_wide,
  eye_squint,
  nose_wrinkle,
  smile,
  frown,
  lip_stretch,
  lip_press,
  jaw_open,
  eyes_closed,
};
inline constexpr std::size_t stream_count = 24;
inline constexpr std::size_t eeg_band_count = 5;

/// What people take for one sensor: streams that come and go together.
enum class Group : std::uint8_t { heart_rate, beats, breathing, skin, warmth, eeg, face };
inline constexpr std::size_t group_count = 7;

/// One row of the table of streams.
struct StreamInfo {
  std::string_view name;  ///< as the address map says it
  std::string_view unit;
  Group group;
  float least, most;  ///< a value outside is the sensor's, not the body's
  float oldest_s;     ///< a value older than this says nothing of now
};

// clang-format off
/// All streams, in the order of `Stream`. The bounds of heart, breath and skin are those that the features use
/// (docs/features.md): a living adult at rest or in fear. RR bounds are those of the heart rate. Expressions carry their
/// action unit of the Facial Action Coding System (Ekman, Friesen, Hager, 2002).
inline constexpr std::array<StreamInfo, stream_count> stream_table{
    StreamInfo{"heart_rate_bpm", "1/min", Group::heart_rate, 30.0F, 220.0F, 10.0F},
    StreamInfo{"rr_ms", "ms", Group::beats, 60000.0F / 220.0F, 60000.0F / 30.0F, 5.0F},
    StreamInfo{"breaths_per_min", "1/min", Group::breathing, 3.0F, 60.0F, 20.0F},
    StreamInfo{"breath_phase", "1", Group::breathing, 0.0F, 1.0F, 1.0F},
    StreamInfo{"skin_conductance_us", "µS", Group::skin, 0.05F, 60.0F, 5.0F},
    StreamInfo{"skin_temperature_c", "°C", Group::warmth, 15.0F, 42.0F, 10.0F},
    StreamInfo{"eeg_delta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},              // 1–4 Hz
    StreamInfo{"eeg_theta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},              // 4–8 Hz
    StreamInfo{"eeg_alpha", "share", Group::eeg, 0.0F, 1.0F, 3.0F},              // 7.5–13 Hz
    StreamInfo{"eeg_beta", "share", Group::eeg, 0.0F, 1.0F, 3.0F},               // 13–30 Hz
    StreamInfo{"eeg_gamma", "share", Group::eeg, 0.0F, 1.0F, 3.0F},              // 30–44 Hz
    StreamInfo{"eeg_alpha_asymmetry", "ln", Group::eeg, -5.0F, 5.0F, 3.0F},      // ln right − ln left, frontal
    StreamInfo{"brow_inner_up", "share", Group::face, 0.0F, 1.0F, 5.0F},         // AU 1
    StreamInfo{"brow_outer_up", "share", Group::face, 0.0F, 1.0F, 5.0F},         // AU 2
    StreamInfo{"brow_down", "share", Group::face, 0.0F, 1.0F, 5.0F},             // AU 4
    StreamInfo{"eye_wide", "share", Group::face, 0.0F, 1.0F, 5.0F},              // AU 5
    StreamInfo{"eye_squint", "share", Group::face, 0.0F, 1.0F, 5.0F},            // AU 7
    StreamInfo{"nose_wrinkle", "share", Group::face, 0.0F, 1.0F, 5.0F},          // AU 9
    StreamInfo{"smile", "share", Group::face, 0.0F, 1.0F, 5.0F},                 // AU 12
    StreamInfo{"frown", "share", Group::face, 0.0F, 1.0F, 5.0F},                 // AU 15
    StreamInfo{"lip_stretch", "share", Group::face, 0.0F, 1.0F, 5.0F},           // AU 20
    StreamInfo{"lip_press", "share", Group::face, 0.0F, 1.0F, 5.0F},             // AU 24
    StreamInfo{"jaw_open", "share", Group::face, 0.0F, 1.0F, 5.0F},              // AU 26
    StreamInfo{"eyes_closed", "share", Group::face, 0.0F, 1.0F, 5.0F},           // AU 43
};
// clang-format on

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

[[nodiscard]] constexpr std::size_t index_of(Stream stream) { return static_cast<std::size_t>(stream); }
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
