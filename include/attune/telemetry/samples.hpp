#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <glm/gtc/quaternion.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "attune/core/time.hpp"

/// Plain samples of what headset and sensors give. Frame of reference everywhere: right-handed, Y up, −Z
/// forward, metres, the OpenXR LOCAL space of the session (STAGE's floor is y = 0 where the runtime has one).
namespace attune::telemetry {

/// Position and orientation of something tracked. Nothing is read from a part whose flag is false.
struct Pose {
  glm::vec3 position_m{0.0F};
  glm::quat orientation{1.0F, 0.0F, 0.0F, 0.0F};  ///< unit, body to session space (w, x, y, z)
  bool position_valid = false;
  bool orientation_valid = false;
  bool tracked = false;  ///< measured now, not held or predicted from something old

  [[nodiscard]] bool valid() const { return position_valid && orientation_valid; }
};

/// Where a gaze direction comes from.
enum class GazeSource : std::uint8_t {
  none = 0,
  eye = 1,   ///< an eye tracker
  head = 2,  ///< the head's direction stands in
};

/// Where the eyes point at one instant.
struct GazeSample {
  core::SessionTime time{};                ///< instant of exposure, not of arrival
  glm::vec3 origin_m{0.0F};                ///< between the eyes
  glm::vec3 direction{0.0F, 0.0F, -1.0F};  ///< unit vector
  float angular_error_rad = 0.017F;        ///< 1 sigma; one degree unless the tracker says otherwise
  GazeSource source = GazeSource::none;    ///< none: nothing else here is read
  bool interpolated = false;               ///< made from its neighbours by an import, not measured
};

/// The buttons of one controller, as bits of `HandSample::buttons`.
enum Button : std::uint8_t { button_select = 1, button_menu = 2 };

/// One hand and its controller.
struct HandSample {
  Pose grip, aim;
  float trigger = 0.0F;        ///< 0..1
  float squeeze = 0.0F;        ///< 0..1
  glm::vec2 thumbstick{0.0F};  ///< −1..1, right and up positive
  std::uint8_t buttons = 0;    ///< bits of `Button`
  bool active = false;         ///< a controller is there and gives input
};

/// One value of a slow stream with its age.
struct Reading {
  float value = 0.0F;
  float age_s = 0.0F;  ///< since it was measured
  bool valid = false;  ///< false: never came, too old, or nonsense
};

/// Bands of the EEG, in the order of `Vitals::eeg_share`.
enum class EegBand : std::uint8_t { delta, theta, alpha, beta, gamma };
inline constexpr std::size_t eeg_band_count = 5;

/// What a face does, in the order of `Vitals::expressions`; in brackets the action unit of the Facial Action
/// Coding System (Ekman, Friesen, Hager, 2002).
enum class Expression : std::uint8_t {
  brow_inner_up,  ///< (1)
  brow_outer_up,  ///< (2)
  brow_down,      ///< (4)
  eye_wide,       ///< (5)
  eye_squint,     ///< (7)
  nose_wrinkle,   ///< (9)
  smile,          ///< (12)
  frown,          ///< (15)
  lip_stretch,    ///< (20)
  lip_press,      ///< (24)
  jaw_open,       ///< (26)
  eyes_closed,    ///< (43)
};
inline constexpr std::size_t expression_count = 12;

/// Body signals beside the headset. Every stream has its own age.
struct Vitals {
  Reading heart_rate_bpm;
  Reading rr_ms;  ///< last interval between two beats; new when its age falls
  Reading breaths_per_min;
  Reading breath_phase;         ///< 0..1, 0 = start of breathing in
  Reading skin_conductance_us;  ///< microsiemens
  Reading skin_temperature_c;
  std::array<Reading, eeg_band_count> eeg_share;      ///< of each band in the power of all five, 0..1
  Reading eeg_alpha_asymmetry;                        ///< ln right − ln left, frontal
  std::array<Reading, expression_count> expressions;  ///< 0 rest, 1 fully; mean of both sides
  Reading pupil_mm;                                   ///< diameter, mean of both eyes
};

/// How somebody works at a desk; from the desk's own programs, not from the body.
struct TaskActivity {
  Reading clicks_per_min;
  Reading screen_share;  ///< of the time at the screen, 0..1
};

/// What a patient was asked to rate.
enum class ReportKind : std::uint8_t {
  none = 0,
  suds = 1,        ///< distress, 0..100
  comfort = 2,     ///< 0..10, 10 = well
  expectancy = 3,  ///< likelihood of the feared outcome, 0..100 %
  belief = 4,      ///< how true a thought is held to be, 0..100 %
  urge = 5,        ///< how strong an urge is, 0..100
  choice = 6,      ///< one of a question's options: its index, from 0
};
inline constexpr std::size_t report_kind_count = 7;

/// An answer of the patient.
struct SelfReport {
  ReportKind kind = ReportKind::none;
  float value = 0.0F;  ///< in the unit of its kind
  core::SessionTime asked{};
  core::SessionTime answered{};
};

/// What a therapist can ask of a session.
enum class CommandKind : std::uint8_t {
  start = 1,
  pause,
  resume,
  step_up,
  step_down,
  hold,
  skip,
  stop,
  safe_place,
  raise_ceiling,
};

struct Command {
  CommandKind kind = CommandKind::start;
  float value = 0.0F;  ///< raise_ceiling: the new ceiling, 0..1; otherwise unused
};

/// What part an object plays for the patient.
enum class AoiRole : std::uint8_t { neutral = 0, threat = 1, calm = 2, social = 3, task = 4 };

/// An area of interest as it was drawn: an axis-aligned box.
struct AoiShape {
  std::uint16_t id = 0;  ///< the recording's header has its name
  AoiRole role = AoiRole::neutral;
  glm::vec3 centre_m{0.0F};
  glm::vec3 extent_m{0.0F};  ///< half of each side
};

/// How the headset stands to the session (OpenXR session states and user presence).
struct HeadsetState {
  bool running = false;  ///< frames are asked for
  bool visible = false;  ///< what is drawn is seen
  bool focused = false;  ///< input is ours
  bool worn = true;      ///< false only when the runtime says so
};

}  // namespace attune::telemetry
