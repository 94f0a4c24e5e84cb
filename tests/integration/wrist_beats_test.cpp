#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>

#include "integration/attune.hpp"
#include "support/scratch_folder.hpp"

// `attune analyse ppg` on the wrists of Stress-Predict, where they are ($ATTUNE_DATA, else ../shared/data),
// held against the beats of which the wristband itself is sure (IBI.csv). People S02 to S25 were looked at
// while the detector was made, S01 was not.
namespace attune {
namespace {

namespace fs = std::filesystem;
using test::attune;

fs::path wrists() {
  const char* asked = std::getenv("ATTUNE_DATA");
  return fs::path(asked != nullptr ? asked : ATTUNE_SOURCE_DIR "/../shared/data") / "stress-predict";
}

/// Seconds after the pulse's first sample.
std::vector<double> sure_beats(const fs::path& folder) {
  double start_s = 0.0, pulse_start_s = 0.0, beat_s = 0.0;
  std::ifstream(folder / "BVP.csv") >> pulse_start_s;
  std::ifstream file(folder / "IBI.csv");
  std::string rest;
  file >> start_s;
  std::getline(file, rest);
  std::vector<double> beats;
  while (file >> beat_s && std::getline(file, rest)) beats.push_back(start_s - pulse_start_s + beat_s);
  return beats;
}

std::vector<double> found_beats(const fs::path& folder) {
  const auto outcome = attune({"analyse", "ppg", (folder / "BVP.csv").string(), "--json"});
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const auto said = nlohmann::json::parse(outcome.out, nullptr, false);
  std::vector<double> beats;
  for (const auto& row : said["beats"]) beats.push_back(row.get<double>() / said["rate_hz"].get<double>());
  return beats;
}

/// From each beat to the nearest that was found.
std::vector<double> to_nearest(const std::vector<double>& beats, const std::vector<double>& found) {
  std::vector<double> lags;
  for (const double beat : beats) {
    const auto after = std::lower_bound(found.begin(), found.end(), beat);
    double lag = after != found.end() ? *after - beat : 1e9;
    if (after != found.begin() && beat - *(after - 1) < lag) lag = *(after - 1) - beat;
    lags.push_back(lag);
  }
  return lags;
}

struct Shares {
  double within_75_ms = 0.0, within_150_ms = 0.0;  ///< after one lag for all: the marks on a wave differ
};

Shares shares_of(std::vector<double> lags) {
  auto sorted = lags;
  std::sort(sorted.begin(), sorted.end());
  const double usual = sorted[sorted.size() / 2], all = static_cast<double>(lags.size());
  const auto within = [&](double s) {
    return static_cast<double>(std::count_if(lags.begin(), lags.end(),
                                             [&](double lag) { return std::abs(lag - usual) <= s; })) /
           all;
  };
  return {within(0.075), within(0.150)};
}

TEST(WristBeats, OfWhichTheWristbandIsSureAreFoundOnEverybody) {
  if (!fs::is_directory(wrists())) GTEST_SKIP() << wrists() << " is not there (set ATTUNE_DATA)";
  std::vector<double> all;
  for (const auto& entry : fs::directory_iterator(wrists())) {
    const auto name = entry.path().filename().string();
    if (!name.ends_with(".tar.xz")) continue;
    const test::ScratchFolder scratch;
    const auto unpacked =
        test::run({"/usr/bin/tar", "-xJf", entry.path().string(), "-C", scratch.path().string()});
    ASSERT_EQ(unpacked.status, 0) << unpacked.err;
    const auto folder = scratch / name.substr(0, name.find('.'));
    const auto shares = shares_of(to_nearest(sure_beats(folder), found_beats(folder)));
    std::printf("%s: %.3f within 75 ms, %.3f within 150 ms\n", folder.filename().c_str(), shares.within_75_ms,
                shares.within_150_ms);
    std::fflush(stdout);  // before the next program is forked
    EXPECT_GE(shares.within_75_ms, 0.93) << name;
    EXPECT_GE(shares.within_150_ms, 0.95) << name;
    all.push_back(shares.within_75_ms);
  }
  ASSERT_FALSE(all.empty());
  EXPECT_GE(std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size()), 0.975);
}

}  // namespace
}  // namespace attune
