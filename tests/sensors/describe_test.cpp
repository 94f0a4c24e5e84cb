#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

#include "listening.hpp"
#include "support/program.hpp"

namespace attune::sensors {
namespace {

bool any_line(const std::vector<Described>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return line.text.find(part) != std::string::npos; });
}

TEST(Describe, SaysWhatIsConfiguredWhatIsHeardAndWhatIsNotBelieved) {
  // A port that was free a moment ago: doctor is told one.
  const auto port = Listening("[osc]\nport = 0\n").port();
  const auto config = Config::parse("[osc]\nport = " + port + "\n", "test.toml");
  ASSERT_TRUE(config);
  std::jthread bridge([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      for (const auto& [address, value] :
           {std::pair{"/avatar/parameters/HR", "72"}, std::pair{"/avatar/parameters/RRInterval", "0"},
            std::pair{"/attune/pupil_mm", "4"}, std::pair{"/avatar/parameters/MyPulse", "72"}})
        (void)test::run({"oscsend", "127.0.0.1", port, address, "i", value}, {}, 10);
    }
  });
  const auto lines = describe(*config, 1.5);
  EXPECT_TRUE(any_line(lines, "OSC 127.0.0.1:" + port + ": listening on UDP port " + port));
  EXPECT_TRUE(any_line(lines, "heard: heart_rate_bpm 72 1/min"));
  EXPECT_TRUE(any_line(lines, "pupil_mm 4 mm"));
  EXPECT_TRUE(any_line(lines, "heard, not believed: rr_ms: a value that no body has"));
  EXPECT_TRUE(any_line(lines, "heard and in no rule: /avatar/parameters/MyPulse"));
}

TEST(Describe, TheManualNamesEveryStreamAndItsBounds) {
  std::ifstream file(ATTUNE_SOURCE_DIR "/docs/sensors.md");
  const std::string manual(std::istreambuf_iterator<char>(file), {});
  ASSERT_FALSE(manual.empty());
  for (const auto& row : stream_table) {
    std::ostringstream name;
    name << '`' << row.name << '`';
    const auto at = manual.find(name.str(), manual.find("## Streams"));
    ASSERT_NE(at, std::string::npos) << row.name;
    const auto line = manual.substr(at, manual.find('\n', at) - at);
    std::ostringstream lasts;
    lasts << "| " << row.oldest_s << " s |";
    EXPECT_NE(line.find(lasts.str()), std::string::npos) << row.name << ": " << line;
  }
}

}  // namespace
}  // namespace attune::sensors
