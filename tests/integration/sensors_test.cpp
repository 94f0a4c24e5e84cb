#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "attune/record/recording.hpp"
#include "integration/attune.hpp"

// Sensors beside the headset, from Debian's oscsend to the recording of the real program.
namespace attune {
namespace {

/// A UDP port of loopback that nobody had a moment ago.
std::string free_port() {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof name;
  EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&name), size), 0);
  EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&name), &size), 0);
  ::close(fd);
  return std::to_string(ntohs(name.sin_port));
}

struct Sensors : testing::Test {
  test::ScratchFolder scratch;
  std::string port = free_port();

  [[nodiscard]] std::string file(const std::string& text) const {
    const auto path = scratch / "sensors.toml";
    std::ofstream(path) << text;
    return path.string();
  }
  [[nodiscard]] std::vector<std::string> session(const std::string& sensors, const std::string& clock) const {
    return {"session",     "--program", "heights",    "--xr", "replay",   "--headless",
            "--clock",     clock,       "--duration", "10",   "--record", (scratch / "s.attune").string(),
            "--inference", "off",       "--sensors",  sensors};
  }
  void oscsend(const std::string& address, const std::vector<std::string>& values) const {
    std::vector<std::string> command{"oscsend", "127.0.0.1", port, address};
    command.insert(command.end(), values.begin(), values.end());
    ASSERT_EQ(test::run(command, {}, 10).status, 0);
  }
};

bool told(const std::vector<record::Event>& events, const std::string& words) {
  return std::any_of(events.begin(), events.end(), [&](const auto& event) {
    return event.kind == record::EventKind::sensor && event.words() == words;
  });
}

TEST_F(Sensors, ReachTheVitalsOfTheFramesAndTheirLossIsNamed) {
  auto command = session(file("[osc]\nport = " + port + "\n"), "real");
  command.insert(command.begin(), ATTUNE_BUILD_DIR "/attune");
  test::RunningProgram program(command, test::small_views);
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
  const auto recording = record::Recording::open(scratch / "s.attune");
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

TEST_F(Sensors, AMissingSensorStopsNoSession) {
  const auto outcome = test::attune(session(file("[bluetooth]\nbus = \"unix:path=/nowhere\"\n"), "real"));
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("no D-Bus, or it is lost"), std::string::npos) << outcome.err;
}

TEST_F(Sensors, AWrongFileOrAVirtualClockIsOneLineAndStatusTwo) {
  const auto wrong = test::attune(session(file("[osc]\nprot = 9000\n"), "real"));
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.error_lines(), 1u) << wrong.err;
  EXPECT_NE(wrong.err.find("sensors.toml:2: osc.prot: is not a key that belongs here"), std::string::npos);
  const auto fast = test::attune(session(file("[osc]\nport = " + port + "\n"), "virtual"));
  EXPECT_EQ(fast.status, 2);
  EXPECT_EQ(fast.error_lines(), 1u) << fast.err;
  EXPECT_NE(fast.err.find("--sensors"), std::string::npos);
}

}  // namespace
}  // namespace attune
