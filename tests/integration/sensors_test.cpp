#include <array>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>

#include "integration/sensors_session.hpp"

// Sensors beside the headset, from Debian's oscsend to the recording of the real program.
namespace attune {
namespace {

using telemetry::EegBand, telemetry::Expression;

struct Sensors : test::SensorSession {
  /// Sends again and again until the last frame that is recorded is as wanted.
  [[nodiscard]] bool send_until(const std::function<void()>& send,
                                const std::function<bool(const telemetry::Vitals&)>& wanted) {
    for (int turn = 0; turn < 240; ++turn) {
      send();
      if (program_->end_within(0.1)) return false;
      const auto recording = recorded();
      if (!recording) continue;
      const auto last = recording->chunk(recording->chunk_count() - 1);
      if (last && !last->moments.empty() && wanted(last->moments.back().frame.vitals)) return true;
    }
    return false;
  }
};

TEST_F(Sensors, ReachTheVitalsOfTheFramesAndTheirLossIsNamed) {
  auto command = session_command(sensors_file("[osc]\nport = " + port_ + "\n"), "real", "10");
  command.insert(command.begin(), ATTUNE_BUILD_DIR "/attune");
  test::RunningProgram program(command, {{"ATTUNE_XR_VIEW_SIZE", "32x32"}});  // many frames, on any machine
  std::optional<test::Outcome> outcome;
  // A bridge sends four times a second; after five seconds it says that its sensor is gone.
  for (int i = 0; i < 240 && !outcome; ++i) {
    if (i < 20)
      oscsend("/avatar/parameters/HR", {"i", "72"});
    else
      oscsend("/avatar/parameters/isHRConnected", {"F"});
    outcome = program.end_within(0.25);
  }
  ASSERT_TRUE(outcome);
  ASSERT_EQ(outcome->status, 0) << outcome->err;
  const auto recording = record::Recording::open(recording_file());
  ASSERT_TRUE(recording) << recording.error().message;
  std::size_t heard = 0, lost = 0;
  const auto moments = *recording->moments();
  for (const auto& moment : moments) {
    const auto& heart = moment.frame.vitals.heart_rate_bpm;
    if (heart.valid) {
      ++heard;
      EXPECT_EQ(heart.value, 72.0F);
      EXPECT_LT(heart.age_s, 2.0F);
    } else if (heard > 0) {
      ++lost;
    }
  }
  EXPECT_GT(heard, 5u);
  EXPECT_GT(lost, 5u);
  const auto events = *recording->events();
  EXPECT_TRUE(told(events, "heart rate: values come in"));
  EXPECT_TRUE(told(events, "heart rate: disconnected"));
}

/// What Muse and VRCFaceTracking send of one face and head, and what is to be recorded of it.
struct Expected {
  const char* parameter;
  Expression expression;
  float sent;
};
constexpr std::array<Expected, telemetry::expression_count> face{
    {{"BrowInnerUp", Expression::brow_inner_up, 0.05F},
     {"BrowOuterUp", Expression::brow_outer_up, 0.1F},
     {"BrowDown", Expression::brow_down, 0.15F},
     {"EyeWide", Expression::eye_wide, 0.2F},
     {"EyeSquint", Expression::eye_squint, 0.25F},
     {"NoseSneer", Expression::nose_wrinkle, 0.3F},
     {"MouthSmile", Expression::smile, 0.35F},
     {"MouthFrown", Expression::frown, 0.4F},
     {"MouthStretch", Expression::lip_stretch, 0.45F},
     {"MouthPress", Expression::lip_press, 0.5F},
     {"JawOpen", Expression::jaw_open, 0.55F},
     {"EyeClosed", Expression::eyes_closed, 0.6F}}};
/// log10 of the power of each band on the left; on the right there is twice as much of each, so that the
/// shares are those of either side.
constexpr std::array<double, telemetry::eeg_band_count> left_bels{0.3, 0.2, 0.6, 0.1, -0.2};
const double twice_bels = std::log10(2.0);
constexpr float pupil_mm = 3.9F;

std::array<float, telemetry::eeg_band_count> eeg_shares() {
  std::array<float, telemetry::eeg_band_count> shares{};
  double whole = 0.0;
  for (const double bels : left_bels) whole += std::pow(10.0, bels);
  for (std::size_t i = 0; i < shares.size(); ++i)
    shares[i] = static_cast<float>(std::pow(10.0, left_bels[i]) / whole);
  return shares;
}

struct EegFaceAndPupil : Sensors {
  void send_eeg() const {
    constexpr std::array names{"delta", "theta", "alpha", "beta", "gamma"};
    for (std::size_t i = 0; i < names.size(); ++i) {
      oscsend(std::string("/muse/elements/") + names[i] + "_absolute",
              {"ffff", "0", std::to_string(left_bels[i]), std::to_string(left_bels[i] + twice_bels), "0"});
    }
  }
  /// @param smile  what is sent instead of the right one
  void send_face(const std::string& smile = {}) const {
    for (const auto& one : face) {
      const bool other = !smile.empty() && one.expression == Expression::smile;
      oscsend(std::string("/avatar/parameters/v2/") + one.parameter,
              {"f", other ? smile : std::to_string(one.sent)});
    }
  }
  void send_pupils(const std::string& cm) const {
    oscsend("/avatar/parameters/v2/PupilDiameterLeft", {"f", cm});
    oscsend("/avatar/parameters/v2/PupilDiameterRight", {"f", cm});
  }
};

bool any_valid(std::span<const telemetry::Reading> readings) {
  return std::any_of(readings.begin(), readings.end(), [](const auto& reading) { return reading.valid; });
}
bool all_valid(std::span<const telemetry::Reading> readings) {
  return std::all_of(readings.begin(), readings.end(), [](const auto& reading) { return reading.valid; });
}
bool smiles(const telemetry::Vitals& vitals) {
  return vitals.expressions[static_cast<std::size_t>(Expression::smile)].valid;
}

/// A reading is what was sent, and not old, or it is flagged and holds nothing.
void expect_sent_or_flagged(const telemetry::Reading& reading, float sent, float oldest_s) {
  EXPECT_NEAR(reading.value, reading.valid ? sent : 0.0F, 1e-5F);
  EXPECT_GE(reading.age_s, 0.0F);
  EXPECT_LE(reading.age_s, reading.valid ? oldest_s : 0.0F);
}

TEST_F(EegFaceAndPupil, AreRecordedAsSentUntilTheyFallSilentOrTalkNonsense) {
  start();
  const auto everything_good = [&] { send_eeg(), send_face(), send_pupils("0.39"); };
  ASSERT_TRUE(send_until(everything_good, [](const auto& vitals) {
    return all_valid(vitals.eeg_share) && vitals.eeg_alpha_asymmetry.valid && all_valid(vitals.expressions) &&
           vitals.pupil_mm.valid;
  }));
  // The EEG falls silent; a smile and a pupil that no face has; the rest of the face goes on.
  bool nan = false;
  const auto nonsense = [&] {
    nan = !nan;
    send_face(nan ? "nan" : "3.5");
    send_pupils("0");
  };
  ASSERT_TRUE(send_until(nonsense, [](const auto& vitals) {
    return !any_valid(vitals.eeg_share) && !vitals.eeg_alpha_asymmetry.valid && !smiles(vitals) &&
           !vitals.pupil_mm.valid && any_valid(vitals.expressions);
  }));
  ASSERT_TRUE(send_until([] {}, [](const auto& vitals) { return !any_valid(vitals.expressions); }));
  const auto outcome = end();
  ASSERT_EQ(outcome.status, 0) << outcome.err;

  const auto recording = record::Recording::open(recording_file());
  ASSERT_TRUE(recording) << recording.error().message;
  const auto moments = *recording->moments();
  const auto shares = eeg_shares();
  std::size_t lit = 0;
  for (const auto& moment : moments) {
    const auto& vitals = moment.frame.vitals;
    for (std::size_t i = 0; i < shares.size(); ++i)
      expect_sent_or_flagged(vitals.eeg_share[i], shares[i], 3.0F);
    expect_sent_or_flagged(vitals.eeg_alpha_asymmetry, std::log(2.0F), 3.0F);
    for (const auto& one : face)
      expect_sent_or_flagged(vitals.expressions[static_cast<std::size_t>(one.expression)], one.sent, 5.0F);
    expect_sent_or_flagged(vitals.pupil_mm, pupil_mm, 2.0F);
    if (vitals.pupil_mm.valid && moment.frame.shown_light.valid) ++lit;
  }
  EXPECT_GT(lit, 0u) << "how bright what the pupil saw was";
  const auto check = test::attune({"replay", recording_file().string(), "--check", "--json"});
  EXPECT_EQ(nlohmann::json::parse(check.out).at("differences"), 0);
  const auto report = test::attune({"report", recording_file().string(), "--json"});
  EXPECT_GT(nlohmann::json::parse(report.out).at("pupil").at("light_known_s"), 0.0);
  const auto events = *recording->events();
  for (const auto* words : {"EEG: values come in", "EEG: silent", "face: values come in", "face: silent",
                            "pupil: values come in", "pupil: a value that no body has"})
    EXPECT_TRUE(told(events, words)) << words;
}

TEST_F(Sensors, AMissingSensorStopsNoSession) {
  const auto outcome = test::attune(
      session_command(sensors_file("[bluetooth]\nbus = \"unix:path=/nowhere\"\n"), "real", "10"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("no D-Bus, or it is lost"), std::string::npos) << outcome.err;
}

TEST_F(Sensors, AWrongFileOrAVirtualClockIsOneLineAndStatusTwo) {
  const auto wrong = test::attune(session_command(sensors_file("[osc]\nprot = 9000\n"), "real", "10"));
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.error_lines(), 1u) << wrong.err;
  EXPECT_NE(wrong.err.find("sensors.toml:2: osc.prot: is not a key that belongs here"), std::string::npos);
  const auto fast =
      test::attune(session_command(sensors_file("[osc]\nport = " + port_ + "\n"), "virtual", "10"));
  EXPECT_EQ(fast.status, 2);
  EXPECT_EQ(fast.error_lines(), 1u) << fast.err;
  EXPECT_NE(fast.err.find("--sensors"), std::string::npos);
}

}  // namespace
}  // namespace attune
