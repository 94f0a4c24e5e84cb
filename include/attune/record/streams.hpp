#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "attune/core/static_vector.hpp"
#include "attune/core/time.hpp"
#include "attune/scene/directive.hpp"
#include "attune/telemetry/frame.hpp"

/// What a recording holds besides its meta data: plain values, copied through a queue, none of them on the
/// heap.
namespace attune::record {

inline constexpr std::size_t feature_count = 100;

/// One decision of `session::Pipeline`, with what it was made from. Plain numbers: codes get their words from
/// the tables of `Meta`.
struct DecisionRecord {
  std::uint64_t frame_index = 0;
  core::SessionTime time{};
  scene::Directive directive;     ///< what the governor let through; its `intensity` is the governed one
  bool monitor_valid = false;     ///< the state monitor gave an estimate with this frame's features
  float monitor_estimate = 0.0F;  ///< x as the network reads it, 0..1
  float monitor_sd = 0.0F;        ///< its standard deviation
  float x_mean = 0.0F;            ///< belief: anxiety, 0..1
  float x_variance = 0.0F;
  float v_mean = 0.0F;  ///< belief: experience, 0..1
  float v_variance = 0.0F;
  float xv_covariance = 0.0F;
  bool engagement_valid = false;  ///< attention was seen
  float engagement = 0.0F;        ///< y: chance that the patient attends to the target, 0..1
  bool wanted_valid = false;      ///< the treatment network was asked
  float wanted_change = 0.0F;     ///< its answer, −1..1
  float asked_intensity = 0.0F;   ///< what the controller asked of the governor, 0..1
  std::uint16_t reason = 0;       ///< why: a code of `Meta::reasons`
  std::uint32_t holds = 0;        ///< rules that held or lowered the exposure: bits named in `Meta::holds`
  std::uint8_t state = 0;         ///< of the session machine: `Meta::states`
  std::uint16_t phase = 0;        ///< of the programme: `Meta::phases`
  std::uint16_t step = 0;         ///< of the ladder, from 0
};

/// One frame, and the decision made on it. An import has frames alone.
struct Moment {
  telemetry::Frame frame;
  bool decided = false;  ///< false: `decision` means nothing
  DecisionRecord decision;
};

/// How much one feature moved the estimate.
struct Contribution {
  std::uint16_t feature = 0;  ///< position 0..99
  float value = 0.0F;         ///< the feature, in its own unit
  float effect = 0.0F;        ///< signed, of x in 0..1
};

/// What the monitor saw and why it said what it said; every 250 ms.
struct Snapshot {
  core::SessionTime time{};
  std::array<float, feature_count> features{};  ///< in their own units; what is not present means nothing
  std::bitset<feature_count> present;
  core::StaticVector<Contribution, 5> top;  ///< strongest first
  float report_share = 0.0F;                ///< of the belief's information that came from self-reports, 0..1
};

/// What kinds of things happen in a session. Stored as number: append only, never renumber.
enum class EventKind : std::uint16_t {
  note = 0,  ///< anything said in words alone
  session_started = 1,
  session_ended = 2,
  phase_entered = 3,      ///< values: phase
  step_entered = 4,       ///< values: step
  prompt_shown = 5,       ///< text: the prompt
  question_asked = 6,     ///< values: ReportKind
  question_answered = 7,  ///< values: ReportKind, value in its unit
  command = 8,            ///< values: CommandKind, value; text: the command, and why not if refused
  stopped = 9,            ///< patient or therapist; text: by what
  held = 10,              ///< the governor held or lowered; text: why
  headset = 11,           ///< focus, visibility, presence, recentring, profile; text
  sensor = 12,            ///< a stream came, went, or was nonsense; text
  picture = 13,           ///< text: file name of a screenshot taken now
  stimulus_shown = 14,    ///< text: what the patient saw that is not an area of interest
  frames_lost = 15,       ///< the recorder lost some samples before this; values: how many
  problem = 16,           ///< an error that the session lived through; text
  clock = 17,             ///< a sensor's clock against the session's; values: offset s, drift ppm
  step_left = 18,         ///< text: why; values: from, to, `treatment::MoveCause`
  practice = 19,          ///< what came of a practice or card; text; values: `telemetry::Activity`, …
};

/// Something that happened, in words.
struct Event {
  core::SessionTime time{};
  EventKind kind = EventKind::note;
  core::StaticVector<char, 480> text;  ///< UTF-8
  core::StaticVector<double, 4> values;

  [[nodiscard]] std::string_view words() const { return {text.begin(), text.size()}; }
};

/// An event of its parts. A text that is too long is cut between two characters.
[[nodiscard]] Event make_event(core::SessionTime time, EventKind kind, std::string_view text,
                               std::initializer_list<double> values = {});

}  // namespace attune::record
