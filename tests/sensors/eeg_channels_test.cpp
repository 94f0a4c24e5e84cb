#include "sensors/eeg_channels.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <numbers>

#include "listening.hpp"
#include "support/running_program.hpp"
#include "support/scratch_folder.hpp"

// Raw EEG, as a headband hands it over.
namespace attune::sensors {
namespace {

constexpr double rate_hz = 256.0;
constexpr double half_of_the_range_uv = 840.0;  // where a Muse's numbers lie

/// Alpha of `alpha_uv` and a tenth of it of theta and beta each.
double eeg_uv(double time_s, double alpha_uv) {
  const auto wave = [&](double hz, double uv) { return uv * std::sin(2.0 * std::numbers::pi * hz * time_s); };
  return wave(10.0, alpha_uv) + wave(6.0, 0.1 * alpha_uv) + wave(20.0, 0.1 * alpha_uv);
}

/// What one side's samples gave.
struct Heard {
  std::vector<Sample> samples;

  [[nodiscard]] const Sample* last(Stream stream) const {
    for (auto at = samples.rbegin(); at != samples.rend(); ++at) {
      if (at->stream == stream) return &*at;
    }
    return nullptr;
  }
};

/// @param uv_at       microvolts of a side, 0 left or 1 right, at a time
/// @param sent_hz     how many samples really come a second
template <typename Microvolts>
Heard listen(Microvolts uv_at, double seconds, double sent_hz = rate_hz) {
  EegChannels channels;
  Heard heard;
  for (int i = 0; i < static_cast<int>(seconds * sent_hz); ++i) {
    // A radio hands over twelve at a time.
    const double came_s = std::floor(i / 12) * 12 / sent_hz;
    for (std::uint8_t side = 0; side < 2; ++side) {
      Sample sample{.stream = Stream::eeg_alpha, .part = side};
      sample.measured_ns = std::llround(came_s * 1e9) + 1'000'000'000;
      channels.take(sample, uv_at(side, i / sent_hz), rate_hz, heard.samples);
    }
  }
  return heard;
}

TEST(RawEeg, BecomesSharesOfTheBandsAndTheAsymmetryOfAlpha) {
  const auto heard = listen(
      [](int side, double t) { return half_of_the_range_uv + eeg_uv(t, side == 0 ? 20.0 : 40.0); }, 20.0);
  const auto* alpha = heard.last(Stream::eeg_alpha);
  ASSERT_TRUE(alpha);
  EXPECT_EQ(alpha->fault, Fault::none);
  // Powers 1 : 0.01 : 0.01, and what the skirts of the neighbouring bands let through.
  EXPECT_GT(alpha->value, 0.9F);
  EXPECT_NEAR(heard.last(Stream::eeg_alpha_asymmetry)->value, std::log(4.0), 0.05);
}

TEST(RawEeg, OfAnElectrodeWithoutSkinIsFlagged) {
  const auto heard = listen(
      [](int side, double t) {
        return t > 10.0 && side == 1 ? std::numeric_limits<double>::quiet_NaN() : eeg_uv(t, 20.0);
      },
      14.0);
  bool left_good = true, right_flagged = false;
  for (const auto& sample : heard.samples) {
    const double time_s = static_cast<double>(sample.measured_ns) * 1e-9 - 1.0;
    if (time_s < 10.5) continue;
    if (sample.stream == Stream::eeg_alpha && sample.part == 0)
      left_good = left_good && sample.fault == Fault::none;
    if (sample.stream == Stream::eeg_alpha && sample.part == 1) {
      right_flagged = true;
      EXPECT_EQ(sample.fault, Fault::no_contact);
    }
    if (sample.stream == Stream::eeg_alpha_asymmetry) {
      EXPECT_NE(sample.fault, Fault::none) << "of one side alone";
    }
  }
  EXPECT_TRUE(left_good);
  EXPECT_TRUE(right_flagged);
}

TEST(RawEeg, AtAnotherRateThanWasSaidIsFlaggedSinceItsBandsWouldBeOthers) {
  const auto heard = listen([](int, double t) { return eeg_uv(t, 20.0); }, 10.0, 220.0);
  ASSERT_TRUE(heard.last(Stream::eeg_alpha));
  for (const auto& sample : heard.samples) EXPECT_EQ(sample.fault, Fault::out_of_range);
  const auto nearly = listen([](int, double t) { return eeg_uv(t, 20.0); }, 10.0, 250.0);
  EXPECT_EQ(nearly.last(Stream::eeg_alpha)->fault, Fault::none) << "some datagrams are always lost";
}

TEST(RawEeg, BeginsAnewAfterASilence) {
  EegChannels channels;
  std::vector<Sample> out;
  const auto second_of = [&](double from_s) {
    for (int i = 0; i < static_cast<int>(rate_hz); ++i) {
      Sample sample{.stream = Stream::eeg_alpha};
      sample.measured_ns = std::llround((from_s + i / rate_hz) * 1e9);
      channels.take(sample, eeg_uv(i / rate_hz, 20.0), rate_hz, out);
    }
  };
  for (int s = 0; s < 8; ++s) second_of(1.0 + s);
  EXPECT_FALSE(out.empty());
  out.clear();
  for (int s = 0; s < 3; ++s) second_of(9.5 + s);
  EXPECT_TRUE(out.empty()) << "four seconds tell the rate";
  for (int s = 3; s < 6; ++s) second_of(9.5 + s);
  EXPECT_FALSE(out.empty());
}

/// What a headband sends, as Debian's oscsendfile plays it: an hexadecimal NTP time and a message a line.
void write_headband(const std::filesystem::path& path, double seconds) {
  std::ofstream file(path);
  for (int i = 0; i < static_cast<int>(seconds * rate_hz); ++i) {
    const double t = i / rate_hz;
    const auto whole = static_cast<unsigned>(t);
    const auto fraction = static_cast<unsigned>((t - whole) * 4294967296.0);
    char line[160];
    std::snprintf(line, sizeof line, "%08x.%08x /muse/eeg ffff %f %f %f %f\n", 0xe0000000U + whole, fraction,
                  800.0, half_of_the_range_uv + eeg_uv(t, 20.0), half_of_the_range_uv + eeg_uv(t, 40.0),
                  800.0);
    file << line;
  }
}

TEST(RawEeg, OfARealClientIsInTheVitals) {
  const test::ScratchFolder scratch;
  write_headband(scratch / "headband.osc", 20.0);
  Listening session("[osc]\nport = 0\n");
  test::RunningProgram client(
      {"oscsendfile", "127.0.0.1", session.port(), (scratch / "headband.osc").string()}, {});
  ASSERT_TRUE(session.until_valid(Stream::eeg_alpha, 15.0))
      << "oscsendfile is in the Debian package liblo-tools";
  ASSERT_TRUE(session.until_valid(Stream::eeg_alpha_asymmetry, 10.0));
  ASSERT_TRUE(session.until([&] { return session.vitals.eeg_share[2].value > 0.9F; }, 10.0));
  ASSERT_TRUE(session.until(
      [&] { return std::abs(session.vitals.eeg_alpha_asymmetry.value - std::log(4.0F)) < 0.1F; }, 10.0));
  EXPECT_TRUE(session.vitals.eeg_share[0].valid);
}

}  // namespace
}  // namespace attune::sensors
