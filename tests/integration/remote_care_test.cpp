#include <cmath>

#include "attune/treatment/governor.hpp"
#include "integration/controlled_session.hpp"

// Home practice with the therapist on the line: the shipped programme in the real program, with the
// therapist's heartbeats over the socket. Times of the session are set, so that they are exact.
namespace attune {
namespace {

using Json = nlohmann::json;
using treatment::Phase;

struct RemoteCare : test::ControlledSession {
  void start_care(std::vector<std::string> more) {
    if (more[1] == "virtual") more.insert(more.end(), {"--render-every", "300"});
    start(more, "remote-care");
  }
  /// Heartbeats as a console sends them, from one time to another.
  static void beat(const test::ControlClient& client, double from_s, double to_s) {
    for (double at_s = from_s; at_s <= to_s; at_s += 4.0)
      ASSERT_TRUE(client.send({{"do", "here"}, {"at_s", at_s}}));
  }
  static void at(const test::ControlClient& client, double at_s, const char* verb) {
    ASSERT_TRUE(client.send({{"do", verb}, {"at_s", at_s}}));
  }
};

/// What a session of somebody at home was like.
class Course {
 public:
  explicit Course(const record::Recording& recording)
      : moments_(*recording.moments()), events_(*recording.events()) {}

  [[nodiscard]] const record::Moment& at(double time_s) const {
    for (const auto& moment : moments_) {
      if (moment.frame.time.seconds() >= time_s) return moment;
    }
    return moments_.back();
  }
  [[nodiscard]] float intensity(double time_s) const { return at(time_s).decision.directive.intensity; }
  [[nodiscard]] Phase phase(double time_s) const { return static_cast<Phase>(at(time_s).decision.state); }
  [[nodiscard]] bool held_for_link(double time_s) const {
    const auto link = static_cast<unsigned>(treatment::Hold::therapist_gone);
    return (at(time_s).decision.holds >> link & 1U) != 0;
  }
  /// The first time from then on at which the patient is in the garden.
  [[nodiscard]] double garden_after(double time_s) const {
    for (const auto& moment : moments_) {
      const bool garden = moment.decision.directive.place == scene::Place::safe_place;
      if (moment.frame.time.seconds() >= time_s && garden) return moment.frame.time.seconds();
    }
    return INFINITY;
  }
  /// Whether intensity rises anywhere between two times.
  [[nodiscard]] bool rises(double from_s, double to_s) const {
    float before = 1.0F;
    for (const auto& moment : moments_) {
      const double now_s = moment.frame.time.seconds();
      if (now_s < from_s || now_s > to_s) continue;
      const float now = moment.decision.directive.intensity;
      if (now > before) return true;
      before = now;
    }
    return false;
  }
  [[nodiscard]] bool says(const std::string& words) const {
    return std::any_of(events_.begin(), events_.end(), [&](const auto& event) {
      return event.words().find(words) != std::string_view::npos;
    });
  }
  [[nodiscard]] const std::vector<record::Moment>& moments() const { return moments_; }

 private:
  std::vector<record::Moment> moments_;
  std::vector<record::Event> events_;
};

TEST_F(RemoteCare, GoesOnWithTheTherapistsHeartbeatsAndHoldsWithoutThemUntilTheTherapistResumes) {
  start_care({"--clock", "virtual", "--duration", "100"});
  {
    test::ControlClient client(socket());
    ASSERT_EQ(client.next()["type"], "hello");
    at(client, 1.0, "start");
    at(client, 3.0, "skip");
    beat(client, 4.0, 20.0);  // then the line is dead, for ten seconds
    beat(client, 30.0, 34.0);
    at(client, 37.0, "resume");
    beat(client, 40.0, 48.0);  // dead again, for longer
    beat(client, 84.0, 96.0);
    at(client, 90.0, "start");
  }
  ASSERT_EQ(end(false).status, 0);
  const Course course(recorded());

  // On the line.
  EXPECT_EQ(course.phase(24.9), Phase::exposure);
  EXPECT_FALSE(course.held_for_link(24.9));
  EXPECT_TRUE(course.rises(4.0, 24.9)) << "there is nothing to hold";
  // Off it for a moment: five seconds of silence hold.
  EXPECT_EQ(course.phase(25.2), Phase::paused_exposure);
  EXPECT_TRUE(course.held_for_link(25.2));
  EXPECT_FALSE(course.held_for_link(30.2)) << "the link is back";
  EXPECT_EQ(course.phase(36.9), Phase::paused_exposure) << "and nobody has gone on";
  EXPECT_FALSE(course.rises(25.2, 36.9));
  EXPECT_GT(course.intensity(36.9), 0.0F);
  EXPECT_EQ(course.phase(37.2), Phase::exposure);
  EXPECT_TRUE(course.rises(37.2, 52.9)) << "the therapist has";
  // Off it for long: hold, ten seconds later lower, after thirty the garden.
  const float held = course.intensity(53.2);
  EXPECT_EQ(course.phase(53.2), Phase::paused_exposure);
  EXPECT_EQ(course.intensity(61.0), held);
  EXPECT_LT(course.intensity(66.0), held - 0.04F);
  EXPECT_GT(course.intensity(66.0), 0.0F) << "in time, not at once";
  EXPECT_FALSE(course.rises(53.2, 99.0));
  EXPECT_NEAR(course.garden_after(53.2), 83.0, 2.0);
  EXPECT_TRUE(course.says("the link to the therapist was lost"));
  // Back: the patient stays in the garden until the therapist starts.
  EXPECT_FALSE(course.held_for_link(84.2));
  EXPECT_EQ(course.phase(89.9), Phase::safe_place);
  EXPECT_EQ(course.phase(90.2), Phase::neutral);
  for (const auto& moment : course.moments()) {
    const double now_s = moment.frame.time.seconds();
    if (now_s > 83.5 && now_s < 89.9) {
      ASSERT_TRUE(moment.decision.directive.stimulus_hidden);
    }
  }
}

TEST_F(RemoteCare, LivesOnTheHeartbeatsOfARealConsole) {
  start_care({"--clock", "real"});
  test::ControlClient client(socket());
  ASSERT_EQ(client.next()["type"], "hello");
  ASSERT_FALSE(client.status_where([](const Json&) { return true; }).is_null());
  ASSERT_EQ(client.ask("start")["phase"], "neutral");
  ASSERT_EQ(client.ask("skip")["phase"], "exposure");
  for (int second = 0; second < 6; ++second) {
    ASSERT_EQ(client.ask("here")["ok"], true);
    const auto status = client.status_where([](const Json&) { return true; });
    ASSERT_EQ(status["phase"], "exposure");
    ASSERT_LT(status["therapist_silence_s"], 2.0);
  }
  // The console hangs: it reads on, and says nothing.
  const auto paused = client.status_where([](const Json& status) { return status["phase"] != "exposure"; });
  EXPECT_EQ(paused["phase"], "paused_exposure");
  EXPECT_GT(paused["therapist_silence_s"], 5.0);
  EXPECT_LT(paused["therapist_silence_s"], 7.0);
  EXPECT_EQ(client.ask("resume")["phase"], "exposure");
  ASSERT_EQ(end(true).status, 0);
}

/// Waits in the garden for somebody who never comes.
void expect_nothing_begins(const record::Recording& recording) {
  const Course course(recording);
  ASSERT_GT(course.moments().back().frame.time.seconds(), 25.0);
  for (const auto& moment : course.moments()) {
    ASSERT_TRUE(moment.decision.directive.stimulus_hidden);
    ASSERT_EQ(moment.decision.directive.place, scene::Place::safe_place);
    ASSERT_EQ(moment.decision.directive.intensity, 0.0F);
    ASSERT_TRUE(std::isinf(moment.frame.therapist_silence_s));
  }
  EXPECT_TRUE(course.held_for_link(10.0)) << "never there is as gone";
  EXPECT_EQ(course.phase(25.0), Phase::waiting);
  EXPECT_TRUE(course.says("nothing is heard of the therapist")) << "and it says so";
}

TEST_F(RemoteCare, NothingBeginsBeforeTheTherapistIsThere) {
  start_care({"--clock", "virtual", "--duration", "30"});
  ASSERT_EQ(end(false).status, 0);
  expect_nothing_begins(recorded());
}

TEST_F(RemoteCare, NothingBeginsWhereNoTherapistCouldCome) {
  const std::vector<std::string> command{"session",     "--program",  "remote-care",    "--xr",
                                         "replay",      "--headless", "--input",        "patient:shipped:2",
                                         "--inference", "off",        "--render-every", "300",
                                         "--duration",  "30",         "--record",       recording_file(),
                                         "--clock",     "virtual"};
  const auto outcome = test::attune(command, {{"ATTUNE_XR_VIEW_SIZE", "32x32"}});
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  expect_nothing_begins(recorded());
}

TEST_F(RemoteCare, ASessionThatNoTherapistCanReachIsRefused) {
  const auto refused = test::attune(
      {"session", "--program", "remote-care", "--xr", "replay", "--headless", "--clock", "real"});
  EXPECT_EQ(refused.status, 2);
  EXPECT_EQ(refused.error_lines(), 1u) << refused.err;
  EXPECT_NE(refused.err.find("--control"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace attune
