#include <sys/stat.h>

#include <random>
#include <thread>

#include "attune/treatment/governor.hpp"
#include "integration/controlled_session.hpp"

// A therapist's program steers the real program over its socket.
namespace attune {
namespace {

using Json = nlohmann::json;
using telemetry::CommandKind;

struct Control : test::ControlledSession {
  /// Places of the moments that carry a command.
  static std::vector<std::size_t> moments_with(CommandKind kind, const std::vector<record::Moment>& moments) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < moments.size(); ++i) {
      for (const auto& command : moments[i].frame.commands) {
        if (command.kind == kind) found.push_back(i);
      }
    }
    return found;
  }
};

TEST_F(Control, TheTherapistStartsPausesGoesOnAndStops) {
  start({"--clock", "real", "--wait-for-start"});
  test::ControlClient client(socket());
  ASSERT_EQ(client.next()["type"], "hello");
  const auto waiting = client.status_where([](const Json& status) { return status["time_s"] > 2.0; });
  EXPECT_EQ(waiting["phase"], "waiting") << "nobody has started it";

  EXPECT_EQ(client.ask("step_up")["code"], "not_now");
  EXPECT_EQ(client.ask("start")["phase"], "neutral");
  EXPECT_EQ(client.ask("skip")["phase"], "exposure");
  const auto seen =
      client.status_where([](const Json& status) { return status["stimulus_hidden"] == false; });
  EXPECT_EQ(seen["place"], "world");
  EXPECT_EQ(client.ask("pause")["phase"], "paused_exposure");
  EXPECT_EQ(client.ask("resume")["phase"], "exposure");
  EXPECT_EQ(client.ask("step_up")["ok"], true);
  EXPECT_EQ(client.status_where([](const Json& status) { return status["step"] == 2; })["steps"], 5);
  EXPECT_EQ(client.ask({{"do", "suds"}, {"value", 60}})["ok"], true);
  const auto rated = client.status_where([](const Json& status) { return !status["suds"].is_null(); });
  EXPECT_EQ(rated["suds"]["value"], 60.0);
  EXPECT_LE(rated["state"]["low"], rated["state"]["mean"]);
  EXPECT_GT(rated["state"]["high"], rated["state"]["mean"]);
  EXPECT_EQ(client.ask({{"do", "feared"}, {"text", "I fall"}})["ok"], true);
  EXPECT_EQ(client.ask("stop")["phase"], "safe_place");
  EXPECT_EQ(client.ask("resume")["code"], "not_now") << "a stop is undone by a start alone";
  const auto outcome = end(true);
  ASSERT_EQ(outcome.status, 0) << outcome.err;

  const auto recording = recorded();
  const auto moments = *recording.moments();
  const auto stops = moments_with(CommandKind::stop, moments);
  ASSERT_EQ(stops.size(), 1u);
  const auto at = stops[0];
  ASSERT_GT(at, 0u);
  EXPECT_FALSE(moments[at - 1].decision.directive.stimulus_hidden);
  for (auto i = at; i < moments.size(); ++i)
    ASSERT_TRUE(moments[i].decision.directive.stimulus_hidden) << i - at << " frames after the stop came";
  const auto events = *recording.events();
  EXPECT_TRUE(std::any_of(events.begin(), events.end(),
                          [](const auto& event) { return event.words() == "feared outcome: I fall"; }));
  ASSERT_EQ(moments_with(CommandKind::start, moments).size(), 1u) << "the therapist's, and no other";
}

TEST_F(Control, ASessionThatStartsByItselfDoesNotStartAfterAStop) {
  start({"--clock", "real"});
  test::ControlClient client(socket());
  ASSERT_TRUE(client.send({{"do", "patient_stop"}})) << "before the first frame";
  const auto later = client.status_where([](const Json& status) { return status["time_s"] > 3.0; });
  EXPECT_EQ(later["phase"], "safe_place");
  EXPECT_EQ(later["stimulus_hidden"], true);
  ASSERT_EQ(end(true).status, 0);
}

TEST_F(Control, ARaisedCeilingThatIsNotConfirmedChangesNothing) {
  start({"--clock", "virtual", "--duration", "60", "--render-every", "600"});
  test::ControlClient client(socket());
  const auto ask_at = [&](double at_s) {
    ASSERT_TRUE(client.send({{"do", "raise_ceiling"}, {"value", 90}, {"at_s", at_s}}));
  };
  ask_at(6.0);
  ask_at(6.5);   // a key that repeats itself
  ask_at(25.0);  // nobody remembers the first
  ask_at(28.0);  // this one confirms
  const auto ceiling_at = [&](double time_s) {
    const auto status = client.status_where([&](const Json& one) { return one["time_s"] >= time_s; });
    EXPECT_LT(status["time_s"], time_s + 2.0);
    return std::pair(status["ceiling"], status["asked_ceiling"]);
  };
  using Pair = std::pair<Json, Json>;
  EXPECT_EQ(ceiling_at(7.0), Pair(85.0, 90.0));
  EXPECT_EQ(ceiling_at(23.0).first, 85.0);
  EXPECT_EQ(ceiling_at(26.0), Pair(85.0, 90.0));
  EXPECT_EQ(ceiling_at(29.0), Pair(90.0, nullptr));
  ASSERT_EQ(end(false).status, 0);
  const auto events = *recorded().events();
  std::vector<std::string> logged;
  for (const auto& event : events) {
    if (event.words().starts_with("raise the ceiling")) logged.emplace_back(event.words());
  }
  const std::string asks =
      "raise the ceiling to 90 SUDS: the therapist asks to raise the ceiling; the same "
      "again within 10 s does it";
  const std::string raises = "raise the ceiling to 90 SUDS: the therapist raised the ceiling";
  EXPECT_EQ(logged, (std::vector{asks, asks, asks, raises}));
}

TEST_F(Control, WithTheVirtualClockCommandsTakeEffectAtTheirTimeOfTheSession) {
  start({"--clock", "virtual", "--duration", "120", "--render-every", "600", "--wait-for-start"});
  {
    test::ControlClient client(socket());
    const std::vector<std::pair<const char*, double>> plan{
        {"start", 3.0}, {"skip", 6.0}, {"stop", 30.0}, {"step_up", 20.0}};
    for (const auto& [verb, at_s] : plan) ASSERT_TRUE(client.send({{"do", verb}, {"at_s", at_s}}));
    EXPECT_FALSE(
        client.wait_for([](const Json& line) { return line["kind"] == "session_ended"; }, 60).is_null());
  }
  ASSERT_EQ(end(false).status, 0);
  const auto moments = *recorded().moments();
  for (const auto& [kind, at_s] :
       {std::pair{CommandKind::start, 3.0}, std::pair{CommandKind::skip, 6.0},
        std::pair{CommandKind::step_up, 20.0}, std::pair{CommandKind::stop, 30.0}}) {
    const auto found = moments_with(kind, moments);
    ASSERT_EQ(found.size(), 1u);
    const auto& moment = moments[found[0]];
    EXPECT_GE(moment.frame.time.seconds(), at_s);
    EXPECT_LT(moments[found[0] - 1].frame.time.seconds(), at_s) << "the first frame that could";
  }
  const auto replayed = test::attune({"replay", recording_file().string(), "--check", "--json"});
  EXPECT_EQ(replayed.status, 0) << replayed.err;
  EXPECT_EQ(Json::parse(replayed.out)["differences"], 0) << "commands are part of the frames";
}

TEST_F(Control, OneWhoNeverReadsAndTenMegabytesOfGarbageDoNoHarm) {
  start({"--clock", "real"});
  test::ControlClient client(socket()), sleeper(socket()), flood(socket());
  ASSERT_FALSE(client.status_where([](const Json& status) { return status["time_s"] > 1.0; }).is_null());
  std::string garbage;
  std::mt19937 random(4);
  while (garbage.size() < 10'000'000) {
    for (auto left = 1000 + random() % 6000; left > 0; --left) garbage += static_cast<char>(random());
    garbage += '\n';
  }
  bool all_sent = false;
  std::thread flooding([&] { all_sent = flood.send_bytes(garbage); });
  int answered = 0;
  for (int i = 0; i < 12; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    answered += client.ask("hold")["type"] == "reply" ? 1 : 0;
  }
  flooding.join();
  EXPECT_TRUE(all_sent) << "it was read, all of it";
  EXPECT_EQ(answered, 12);
  EXPECT_EQ(client.ask("stop")["phase"], "safe_place");
  ASSERT_EQ(end(true).status, 0);
  const auto recording = recorded();
  EXPECT_TRUE(recording.damage().empty());
  for (const auto& gap : recording.gaps()) EXPECT_EQ(gap.frames_missing, 0u);
}

TEST_F(Control, AnOldSocketIsReplacedAndAnythingElseAtItsPathIsRefused) {
  start({"--clock", "real"});
  {
    test::ControlClient client(socket());
    ASSERT_FALSE(client.status_where([](const Json&) { return true; }).is_null());
  }
  const auto refused = test::attune(
      {"session", "--program", "heights", "--xr", "replay", "--headless", "--control", socket().string()});
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
  EXPECT_NE(refused.err.find("another session listens there"), std::string::npos) << refused.err;
  program_->signal(SIGKILL);
  ASSERT_EQ(end(false).status, 128 + SIGKILL);
  ASSERT_TRUE(std::filesystem::is_socket(socket())) << "a killed session leaves it behind";
  std::filesystem::remove(recording_file());

  start({"--clock", "real"});
  {
    test::ControlClient client(socket());
    EXPECT_EQ(client.next()["type"], "hello");
    struct stat there {};
    ASSERT_EQ(::lstat(socket().c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 0777, 0600u);
  }
  ASSERT_EQ(end(true).status, 0);
  EXPECT_FALSE(std::filesystem::exists(socket()));
  std::ofstream(socket()) << "precious";
  const auto file = test::attune(
      {"session", "--program", "heights", "--xr", "replay", "--headless", "--control", socket().string()});
  EXPECT_EQ(file.status, 2);
  EXPECT_EQ(file.error_lines(), 1u) << file.err;
  EXPECT_EQ(test::whole_file(socket()), "precious");
}

TEST_F(Control, NobodyWaitsForAStartThatCannotCome) {
  const auto refused =
      test::attune({"session", "--program", "heights", "--xr", "replay", "--headless", "--wait-for-start"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
}

TEST_F(Control, TheFearedOutcomeIsWrittenOnTheCardInThePatientsWords) {
  start({"--clock", "virtual", "--duration", "30", "--render-every", "600", "--feared", "the rail breaks"});
  ASSERT_EQ(end(false).status, 0);
  const auto events = *recorded().events();
  EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const auto& event) {
    return event.words() == "feared outcome: the rail breaks";
  }));
  const auto too_long = test::attune(
      {"session", "--program", "heights", "--xr", "replay", "--headless", "--feared", std::string(400, 'a')});
  EXPECT_EQ(too_long.status, 2);
  EXPECT_EQ(too_long.error_lines(), 1u) << too_long.err;
}

TEST_F(Control, AWorldThatIsNotBuiltIsNamed) {
  const auto programme = programme_with("world = \"heights\"", "world = \"auditorium\"");
  const auto refused = test::attune({"session", "--program", programme, "--xr", "replay", "--headless"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
  EXPECT_NE(refused.err.find("'auditorium' is not built yet"), std::string::npos) << refused.err;
}

TEST_F(Control, WorkAndEducationNeedAPurposeThatIsRecordedOrNoInference) {
  for (const std::string setting : {"workplace", "education"}) {
    const auto programme = programme_with("setting = \"clinic\"", "setting = \"" + setting + "\"");
    const std::vector<std::string> command{"session",        "--program",  programme,    "--xr",
                                           "replay",         "--headless", "--duration", "8",
                                           "--render-every", "600",        "--input",    "patient:shipped:2"};
    const auto refused = test::attune(command);
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
    EXPECT_NE(refused.err.find("--purpose"), std::string::npos) << refused.err;

    auto with_purpose = command;
    const auto file = scratch_ / (setting + ".attune");
    with_purpose.insert(with_purpose.end(), {"--purpose", "F40.2, in treatment", "--record", file.string()});
    const auto held = test::attune(with_purpose);
    ASSERT_EQ(held.status, 0) << held.err;
    const auto recording = record::Recording::open(file);
    ASSERT_TRUE(recording) << recording.error().message;
    EXPECT_EQ(recording->meta().purpose, "F40.2, in treatment");

    auto without_inference = command;
    without_inference.insert(without_inference.end(), {"--inference", "off"});
    EXPECT_EQ(test::attune(without_inference).status, 0);
  }
}

}  // namespace
}  // namespace attune
