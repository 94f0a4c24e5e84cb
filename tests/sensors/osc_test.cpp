#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "listening.hpp"
#include "support/osc_bytes.hpp"
#include "support/program.hpp"

// Debian's oscsend is the client; only what it cannot send is put together by hand.
namespace attune::sensors {
namespace {

const std::string any_port = "[osc]\nport = 0\n";

using test::big_endian, test::osc_text;
using Words = std::vector<std::string>;

/// Sends one message with oscsend.
void oscsend(const std::string& port, const std::string& address, const Words& typed_values) {
  Words command{"oscsend", "127.0.0.1", port, address};
  command.insert(command.end(), typed_values.begin(), typed_values.end());
  const auto outcome = test::run(command, {}, 10);
  ASSERT_EQ(outcome.status, 0) << "oscsend is in the Debian package liblo-tools: " << outcome.err;
}

/// Sends bytes from an address of this machine.
void send_bytes(const std::string& port, const std::string& bytes, const char* from = "127.0.0.1") {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in name{};
  name.sin_family = AF_INET;
  inet_pton(AF_INET, from, &name.sin_addr);
  EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&name), sizeof name), 0);
  inet_pton(AF_INET, "127.0.0.1", &name.sin_addr);
  name.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
  EXPECT_EQ(
      ::sendto(fd, bytes.data(), bytes.size(), 0, reinterpret_cast<const sockaddr*>(&name), sizeof name),
      static_cast<ssize_t>(bytes.size()));
  ::close(fd);
}

std::string int_message(const std::string& address, std::int32_t value) {
  return osc_text(address) + osc_text(",i") + big_endian(static_cast<std::uint32_t>(value), 4);
}

/// A bundle of one message that was measured at `time_s` of the sender's clock (seconds since 1900).
std::string bundle(double time_s, const std::string& message) {
  const auto tag = static_cast<std::uint64_t>(time_s * 4294967296.0);
  return osc_text("#bundle") + big_endian(tag, 8) + big_endian(message.size(), 4) + message;
}

constexpr const char* hr = "/avatar/parameters/HR";

struct Sent {
  std::string address;
  Words typed_values;
  Stream stream;
  double expected;
};

TEST(Osc, HearsEveryStreamFromARealClient) {
  const std::vector<Sent> all{
      {hr, {"i", "72"}, Stream::heart_rate_bpm, 72},
      {"/avatar/parameters/RRInterval", {"i", "812"}, Stream::rr_ms, 812},
      {"/avatar/parameters/BFI/Biometrics/BreathsPerMinute", {"f", "14.5"}, Stream::breaths_per_min, 14.5},
      {"/attune/breath_phase", {"f", "0.25"}, Stream::breath_phase, 0.25},
      {"/EmotiBit/0/EDA", {"f", "3.5"}, Stream::skin_conductance_us, 3.5},
      {"/EmotiBit/0/THERM", {"d", "33.25"}, Stream::skin_temperature_c, 33.25},
      {"/avatar/parameters/BFI/PwrBands/Left/Alpha", {"f", "0.5"}, Stream::eeg_alpha, 0.5},
      {"/avatar/parameters/v2/JawOpen", {"f", "0.75"}, Stream::jaw_open, 0.75},
      {"/avatar/parameters/FT/v2/EyeWideLeft", {"f", "0.5"}, Stream::eye_wide, 0.5},
      {"/mouthFrownRight", {"f", "0.125"}, Stream::frown, 0.125},
      {"/avatar/parameters/v2/PupilDiameterLeft", {"f", "0.375"}, Stream::pupil_mm, 3.75},
  };
  Listening session(any_port);
  const auto port = session.port();
  for (const auto& sent : all) {
    oscsend(port, sent.address, sent.typed_values);
    ASSERT_TRUE(session.until_valid(sent.stream)) << sent.address;
    EXPECT_NEAR(session.reading(sent.stream).value, sent.expected, 1e-4) << sent.address;
    EXPECT_LT(session.reading(sent.stream).age_s, 1.0F) << sent.address;
  }
  EXPECT_EQ(session.vitals.skin_conductance_us.value, 3.5F) << "the frame's vitals are the readings";
}

TEST(Osc, TakesTheMeanOfBothPupilsAndFlagsClosedEyesButNoPlaceholder) {
  const std::string left = "/avatar/parameters/v2/PupilDiameterLeft",
                    right = "/avatar/parameters/FT/v2/PupilDiameterRight";
  Listening session(any_port);
  const auto port = session.port();
  oscsend(port, left, {"f", "0.5"});
  oscsend(port, right, {"f", "0.5"});
  EXPECT_FALSE(session.until([&] { return session->fault(Stream::pupil_mm) != Fault::never; }, 0.3))
      << "5 mm to the bit is what is sent for eyes that nobody measures";
  oscsend(port, left, {"f", "0.41"});
  oscsend(port, right, {"f", "0.37"});
  ASSERT_TRUE(
      session.until([&] { return std::abs(session.reading(Stream::pupil_mm).value - 3.9F) < 1e-4F; }));
  EXPECT_EQ(session.vitals.pupil_mm.value, session.reading(Stream::pupil_mm).value);
  // Closed eyes are 0 with some trackers and -1 mm with others.
  oscsend(port, left, {"f", "0"});
  oscsend(port, right, {"f", "-0.1"});
  EXPECT_TRUE(session.until_fault(Stream::pupil_mm, Fault::out_of_range));
  EXPECT_FALSE(session.vitals.pupil_mm.valid);
}

TEST(Osc, PutsEveryBandAndExpressionWhereTheFrameLooksForIt) {
  Listening session(any_port);
  const auto port = session.port();
  const auto value_of = [](Stream stream) { return static_cast<float>(index_of(stream)) / 64.0F; };
  std::vector<Stream> all;
  for (std::size_t i = index_of(Stream::eeg_delta); i < index_of(Stream::pupil_mm); ++i) {
    const auto stream = static_cast<Stream>(i);
    if (stream != Stream::eeg_alpha_asymmetry) all.push_back(stream);
  }
  for (const auto stream : all)
    oscsend(port, "/attune/" + std::string(info(stream).name), {"f", std::to_string(value_of(stream))});
  ASSERT_TRUE(session.until([&] {
    return std::all_of(all.begin(), all.end(), [&](auto stream) { return session.reading(stream).valid; });
  }));
  using telemetry::EegBand, telemetry::Expression;
  const auto& eeg = session.vitals.eeg_share;
  EXPECT_EQ(eeg[static_cast<std::size_t>(EegBand::delta)].value, value_of(Stream::eeg_delta));
  EXPECT_EQ(eeg[static_cast<std::size_t>(EegBand::gamma)].value, value_of(Stream::eeg_gamma));
  const auto& face = session.vitals.expressions;
  EXPECT_EQ(face[static_cast<std::size_t>(Expression::brow_inner_up)].value, value_of(Stream::brow_inner_up));
  EXPECT_EQ(face[static_cast<std::size_t>(Expression::smile)].value, value_of(Stream::smile));
  EXPECT_EQ(face[static_cast<std::size_t>(Expression::eyes_closed)].value, value_of(Stream::eyes_closed));
}

struct Bridge {
  const char* name;
  std::vector<std::pair<std::string, Words>> messages;
  double expected_bpm;
};

TEST(Osc, UnderstandsTheHeartRateOfCommonBridges) {
  const std::string avatar = "/avatar/parameters/";
  const std::vector<Bridge> bridges{
      {"HeartRateOnStream-OSC",
       {{avatar + "isHRConnected", {"T"}},
        {avatar + "Heartrate", {"f", "-0.435294"}},
        {avatar + "Heartrate2", {"f", "0.282353"}},
        {avatar + "Heartrate3", {"i", "72"}},
        {avatar + "HR", {"i", "72"}}},
       72},
      {"PulsoidToOSC",
       {{avatar + "HeartRateFloat", {"f", "-0.341176"}}, {avatar + "HeartRateFloat01", {"f", "0.329412"}}},
       84},
      {"iron-heart, floats from 0 to 1", {{avatar + "floatHR", {"f", "0.294118"}}}, 75},
      {"iron-heart, floats from -1 to 1", {{avatar + "floatHR", {"f", "-0.411765"}}}, 75},
      {"LynxHR, beats a minute as a float", {{avatar + "Heartrate", {"f", "68"}}}, 68},
      {"BrainFlowsIntoVRChat", {{avatar + "BFI/Biometrics/HeartBeatsPerMinute", {"f", "61"}}}, 61},
  };
  for (const auto& bridge : bridges) {
    Listening session(any_port);
    const auto port = session.port();
    for (const auto& [address, values] : bridge.messages) oscsend(port, address, values);
    ASSERT_TRUE(session.until([&] {
      return session.reading(Stream::heart_rate_bpm).valid &&
             std::abs(session.reading(Stream::heart_rate_bpm).value - bridge.expected_bpm) < 0.1;
    })) << bridge.name
        << ": " << session.reading(Stream::heart_rate_bpm).value;
  }
}

TEST(Osc, FlagsNonsenseALostSensorAndAWrongType) {
  Listening session(any_port);
  const auto port = session.port();
  const auto good = [&] {
    oscsend(port, hr, {"i", "72"});
    ASSERT_TRUE(session.until_valid(Stream::heart_rate_bpm));
  };
  for (const std::string value : {"0", "400", "-5"}) {
    good();
    oscsend(port, hr, {"i", value});
    EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::out_of_range)) << value;
  }
  good();
  oscsend(port, "/attune/heart_rate_bpm", {"f", "nan"});
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::not_a_number));
  good();
  oscsend(port, "/avatar/parameters/isHRConnected", {"F"});
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::disconnected));
  oscsend(port, hr, {"s", "72"});
  oscsend(port, hr, {"T"});
  oscsend(port, hr, {"N"});
  EXPECT_FALSE(session.until_valid(Stream::heart_rate_bpm, 0.3)) << "a text is no heart rate";
}

TEST(Osc, FlagsATimeTagThatJumpsBackAndGoesOnWhenTimeDoes) {
  Listening session(any_port);
  const auto port = session.port();
  const double now_s = 3.9e9;
  for (int i = 0; i < 5; ++i) send_bytes(port, bundle(now_s + i * 0.01, int_message(hr, 72)));
  ASSERT_TRUE(session.until_valid(Stream::heart_rate_bpm));
  send_bytes(port, bundle(now_s - 30.0, int_message(hr, 90)));
  EXPECT_TRUE(session.until_fault(Stream::heart_rate_bpm, Fault::back_in_time));
  send_bytes(port, bundle(now_s + 1.0 / 16.0, int_message(hr, 73)));
  ASSERT_TRUE(session.until_valid(Stream::heart_rate_bpm));
  EXPECT_EQ(session.reading(Stream::heart_rate_bpm).value, 73.0F);
}

TEST(Osc, TurnsBandPowersIntoSharesAndAsymmetry) {
  Listening session(any_port);
  const auto port = session.port();
  // log10: alpha on the right is ten times that on the left; the others are equal.
  for (const std::string band : {"delta", "theta", "beta", "gamma"})
    oscsend(port, "/muse/elements/" + band + "_absolute", {"ffff", "0", "0", "0", "0"});
  oscsend(port, "/muse/elements/alpha_absolute", {"ffff", "0", "0", "1", "0"});
  ASSERT_TRUE(session.until_valid(Stream::eeg_alpha_asymmetry));
  EXPECT_NEAR(session.reading(Stream::eeg_alpha_asymmetry).value, std::log(10.0), 1e-4);
  EXPECT_NEAR(session.reading(Stream::eeg_alpha).value, (1.0 / 5.0 + 10.0 / 14.0) / 2.0, 1e-4);
  EXPECT_NEAR(session.reading(Stream::eeg_beta).value, (1.0 / 5.0 + 1.0 / 14.0) / 2.0, 1e-4);
}

/// Lines of the kernel's table of UDP sockets that have this port, with the local address in hexadecimal.
std::string bound_address(const std::string& port) {
  char wanted[8];
  std::snprintf(wanted, sizeof wanted, ":%04X", std::stoi(port));
  std::ifstream table("/proc/net/udp");
  for (std::string line; std::getline(table, line);) {
    const auto at = line.find(wanted);
    if (at != std::string::npos) return line.substr(at - 8, 8);
  }
  return "none";
}

TEST(Osc, ListensOnLoopbackUnlessToldOtherwise) {
  Listening closed(any_port);
  EXPECT_EQ(bound_address(closed.port()), "0100007F");
  Listening open("[osc]\nport = 0\nlisten = \"0.0.0.0\"\n");
  EXPECT_EQ(bound_address(open.port()), "00000000");
}

TEST(Osc, HearsOnlyTheSendersThatAreNamed) {
  Listening session("[osc]\nport = 0\nsenders = [\"127.0.0.7\"]\n");
  const auto port = session.port();
  send_bytes(port, int_message(hr, 90), "127.0.0.1");
  EXPECT_FALSE(session.until_valid(Stream::heart_rate_bpm, 0.3));
  send_bytes(port, int_message(hr, 72), "127.0.0.7");
  EXPECT_TRUE(session.until_valid(Stream::heart_rate_bpm));
}

TEST(Osc, SaysThatAPortIsTakenAndListensOnceItIsFree) {
  auto first = std::make_unique<Listening>(any_port);
  const auto port = first->port();
  Listening second("[osc]\nport = " + port + "\n");
  EXPECT_NE(second.state_with("in use by another program").find("in use by another program"),
            std::string::npos);
  first.reset();
  EXPECT_EQ(second.state_with("listening"), "listening on UDP port " + port);
  oscsend(port, hr, {"i", "72"});
  EXPECT_TRUE(second.until_valid(Stream::heart_rate_bpm));
}

TEST(Osc, NamesWhatItHeardAndCouldNotUse) {
  Listening session(any_port);
  const auto port = session.port();
  oscsend(port, "/avatar/parameters/MyPulse", {"i", "72"});
  ASSERT_TRUE(session.until([&] { return !session->status().at(0).unread.empty(); }));
  EXPECT_EQ(session->status().at(0).unread.at(0), "/avatar/parameters/MyPulse");
}

/// Bytes that are OSC, or were before something happened to them.
std::string any_packet(std::mt19937_64& random) {
  std::string packet;
  switch (random() % 4) {
    case 0:
      packet.resize(random() % 200);
      for (auto& byte : packet) byte = static_cast<char>(random());
      return packet;
    case 1:
      packet = bundle(static_cast<double>(random() % 4'000'000'000), int_message(hr, 72));
      break;
    case 2:
      packet = osc_text("/avatar/parameters/v2/JawOpen") + osc_text(",f") + big_endian(random(), 4);
      break;
    default:
      packet = int_message(hr, static_cast<std::int32_t>(random()));
  }
  for (auto changes = random() % 4; changes > 0; --changes)
    packet[random() % packet.size()] = static_cast<char>(random());
  if (random() % 4 == 0) packet.resize(random() % packet.size());
  return packet;
}

TEST(Osc, NeverShowsAnUnflaggedBadValueWhateverPacketsCome) {
  std::mt19937_64 random(4);
  Listening session(any_port);
  const auto port = session.port();
  for (int i = 0; i < 3000; ++i) {
    send_bytes(port, any_packet(random));
    if (i % 10 != 0) continue;
    session.frame();
    for (std::size_t s = 0; s < stream_count; ++s) {
      const auto& reading = session.reading(static_cast<Stream>(s));
      if (!reading.valid) continue;
      ASSERT_TRUE(reading.value >= stream_table[s].least && reading.value <= stream_table[s].most);
      ASSERT_TRUE(reading.age_s >= 0.0F && reading.age_s <= stream_table[s].oldest_s);
    }
  }
  // Of a burst, the kernel drops what finds no room: the good value is sent as a bridge does, again and
  // again.
  EXPECT_TRUE(session.until([&] {
    send_bytes(port, int_message(hr, 72));
    return session.reading(Stream::heart_rate_bpm).value == 72.0F;
  })) << "it still listens";
}

TEST(Osc, LosesTheNewestAndSaysSoWhenFramesComeTooSeldom) {
  Listening session(any_port);
  const auto port = session.port();
  for (int i = 0; i < 1500; ++i) {
    send_bytes(port, int_message(hr, 72));
    if (i % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  bool said = false;
  EXPECT_TRUE(session.until([&] {
    for (Notice notice; session->next_notice(notice);) said = said || notice.kind == Notice::Kind::lost;
    return said;
  }));
  EXPECT_TRUE(session.reading(Stream::heart_rate_bpm).valid);
}

}  // namespace
}  // namespace attune::sensors
