#include "attune/session/control_socket.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "session/control/intake.hpp"
#include "support/control_client.hpp"
#include "support/scratch_folder.hpp"

// The socket itself: who may come, what it does to whoever misbehaves, and what never reaches the frames.
namespace attune::session {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

Greeting heights() {
  auto programme = treatment::Programme::load("heights");
  EXPECT_TRUE(programme.ok());
  return {std::move(*programme), treatment::Language::english, false};
}

/// A socket, with frames that go by as in a session.
struct ControlSocketTest : testing::Test {
  const test::ScratchFolder scratch;
  const std::filesystem::path path = scratch / "control";
  std::shared_ptr<TherapistLine> line = std::make_shared<TherapistLine>(true);
  control::Intake intake{{line}, false};
  std::unique_ptr<ControlSocket> socket;
  std::vector<telemetry::CommandKind> commands;
  int frames = 0;

  void open(Greeting greeting = heights()) {
    auto opened = ControlSocket::open(path, line, std::move(greeting));
    ASSERT_TRUE(opened) << opened.error().message;
    socket = std::move(*opened);
  }
  void one_frame() {
    telemetry::Frame frame;
    frame.time = core::at_seconds(0.01 * ++frames);
    intake.fill(frame, {});
    for (const auto& command : frame.commands) commands.push_back(command.kind);
    std::vector<treatment::LoggedEvent> met;
    for (const auto& command : frame.commands)
      met.push_back(
          {frame.time, treatment::event_of(command.kind), {}, {}, treatment::Reason::therapist_hold});
    intake.settle(frame, met, treatment::Phase::exposure);
  }
  /// Frames until `done`, for five seconds at most.
  bool frames_until(const std::function<bool()>& done) {
    for (int i = 0; i < 1000 && !done(); ++i) {
      one_frame();
      std::this_thread::sleep_for(5ms);
    }
    return done();
  }
};

TEST_F(ControlSocketTest, IsForItsOwnerAloneAndGoesWithTheSession) {
  open();
  struct stat there {};
  ASSERT_EQ(::lstat(path.c_str(), &there), 0);
  EXPECT_TRUE(S_ISSOCK(there.st_mode));
  EXPECT_EQ(there.st_mode & 0777, 0600u);
  socket.reset();
  EXPECT_NE(::lstat(path.c_str(), &there), 0);
}

TEST_F(ControlSocketTest, GreetsWithTheProgramme) {
  open();
  test::ControlClient client(path);
  const auto hello = client.next();
  EXPECT_EQ(hello["type"], "hello");
  EXPECT_EQ(hello["protocol"], 1);
  EXPECT_EQ(hello["programme"], "heights");
  EXPECT_EQ(hello["clock"], "real");
  EXPECT_FALSE(hello["steps"].empty());
}

TEST_F(ControlSocketTest, ASocketThatNobodyListensOnIsReplaced) {
  open();
  const auto kept = scratch / "kept";
  std::filesystem::create_hard_link(path, kept);
  socket.reset();
  std::filesystem::rename(kept, path);
  ASSERT_TRUE(std::filesystem::exists(path)) << "an old socket, as a killed session leaves it";
  open();
  test::ControlClient client(path);
  EXPECT_EQ(client.next()["type"], "hello");
}

TEST_F(ControlSocketTest, ATakenPathIsRefused) {
  std::ofstream(scratch / "file") << "precious";
  std::filesystem::create_symlink(scratch / "nowhere", scratch / "link");
  open();
  for (const auto& [taken, why] : {
           std::pair{path, "another session listens there"},
           std::pair{scratch / "file", "is there already, and is no socket"},
           std::pair{scratch / "link", "is there already, and is no socket"},
           std::pair{scratch.path(), "is there already, and is no socket"},
           std::pair{scratch / "missing" / "control", "No such file or directory"},
           std::pair{scratch / std::string(200, 'a'), "1 to 107 bytes"},
       }) {
    const auto refused = ControlSocket::open(taken, line, heights());
    ASSERT_FALSE(refused) << taken;
    EXPECT_EQ(refused.error().kind, core::Error::Kind::bad_input);
    EXPECT_NE(refused.error().message.find(why), std::string::npos) << refused.error().message;
  }
  EXPECT_TRUE(std::filesystem::exists(scratch / "file"));
  test::ControlClient client(path);
  EXPECT_EQ(client.next()["type"], "hello") << "the session that was there goes on";
}

TEST_F(ControlSocketTest, ACommandReachesAFrameAndItsReplyTheOneWhoAsked) {
  open();
  test::ControlClient one(path), other(path);
  ASSERT_EQ(one.next()["type"], "hello");
  ASSERT_EQ(other.next()["type"], "hello");
  ASSERT_TRUE(one.send({{"id", "mine"}, {"do", "hold"}}));
  ASSERT_TRUE(frames_until([&] { return !commands.empty(); }));
  EXPECT_EQ(commands, std::vector{telemetry::CommandKind::hold});
  const auto reply = one.next();
  EXPECT_EQ(reply["type"], "reply");
  EXPECT_EQ(reply["id"], "mine");
  EXPECT_EQ(reply["ok"], true);
  EXPECT_EQ(reply["phase"], "exposure");
  EXPECT_TRUE(other.next(0.3).is_null()) << "nobody else asked";
}

TEST_F(ControlSocketTest, StatusAndEventsReachEveryClient) {
  open();
  test::ControlClient one(path), other(path);
  ASSERT_EQ(one.next()["type"], "hello");
  ASSERT_EQ(other.next()["type"], "hello");
  Status status;
  status.state_mean = 0.5F;
  status.state_deviation = 0.1F;
  status.suds = Status::Rating{40.0F, core::at_seconds(0.0)};
  status.time = core::at_seconds(12.0);
  line->tell(status);
  line->tell(record::make_event(core::at_seconds(12.0), record::EventKind::phase_entered, "words", {2.0}));
  for (auto* client : {&one, &other}) {
    const auto told = client->next();
    EXPECT_EQ(told["type"], "status");
    EXPECT_EQ(told["state"], (Json{{"mean", 50}, {"low", 34}, {"high", 66}}));
    EXPECT_EQ(told["suds"], (Json{{"value", 40.0}, {"age_s", 12.0}}));
    const auto event = client->next();
    EXPECT_EQ(event["type"], "event");
    EXPECT_EQ(event["kind"], "phase_entered");
    EXPECT_EQ(event["words"], "words");
    EXPECT_EQ(event["values"], Json{2.0});
  }
}

TEST_F(ControlSocketTest, EveryLineThatIsNoneGetsOneRefusalAndHarmsNoOther) {
  open();
  test::ControlClient client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  ASSERT_TRUE(client.send_bytes("nonsense\n" + std::string(100000, 'a') + "\n\xff\xfe\n{\"do\":\"here\"}\n"));
  for (int i = 0; i < 3; ++i) {
    const auto refusal = client.next();
    EXPECT_EQ(refusal["ok"], false) << refusal;
    EXPECT_EQ(refusal["code"], "malformed");
  }
  EXPECT_EQ(client.next()["ok"], true);
  one_frame();
  EXPECT_TRUE(commands.empty());
}

TEST_F(ControlSocketTest, ALineThatIsUnderstoodIsASignOfLifeAndNoOtherIs) {
  open();
  test::ControlClient client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  ASSERT_TRUE(client.send_bytes("nonsense\n"));
  ASSERT_EQ(client.next()["ok"], false);
  EXPECT_EQ(line->heard(), 0u);
  EXPECT_EQ(client.ask("here")["ok"], true);
  EXPECT_EQ(line->heard(), 1u);
}

TEST_F(ControlSocketTest, ATimeOfTheSessionIsForTheVirtualClockAlone) {
  open();
  test::ControlClient client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  EXPECT_EQ(client.ask(Json{{"do", "hold"}, {"at_s", 1.0}})["code"], "not_possible");
}

TEST_F(ControlSocketTest, MoreThanCanBeDoneIsRefusedAndAStopIsNot) {
  open();
  test::ControlClient client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(client.send({{"id", i}, {"do", "hold"}}));
  const auto busy = client.wait_for([](const Json& one) { return one["code"] == "busy"; });
  EXPECT_FALSE(busy.is_null()) << "no frame has come";
  ASSERT_TRUE(client.send({{"id", "s"}, {"do", "stop"}}));
  ASSERT_EQ(client.ask("here")["ok"], true) << "answered at once, so what was said before has come";
  one_frame();
  EXPECT_EQ(commands, std::vector{telemetry::CommandKind::stop});
}

TEST_F(ControlSocketTest, OneWhoDoesNotReadLosesItsOwnAndIsToldHowMuch) {
  open();
  test::ControlClient sleeper(path), reader(path);
  ASSERT_EQ(sleeper.next()["type"], "hello");
  ASSERT_EQ(reader.next()["type"], "hello");
  constexpr int batches = 40, batch = 200, told = batches * batch;
  for (int i = 0; i < batches; ++i) {
    for (int k = 0; k < batch; ++k) line->tell(Status{});
    for (int k = 0; k < batch; ++k) ASSERT_EQ(reader.next()["type"], "status");
  }
  EXPECT_EQ(line->take_lost(), 0u);
  // Of what is told now, the sleeper takes up what has room, and hears first what it missed.
  int read = 0, lost = 0;
  for (int more = 0; lost == 0 && more < 400; ++more) {
    auto message = sleeper.next(0.05);
    if (message.is_null()) line->tell(Status{});
    if (message["type"] == "status") ++read;
    if (message["type"] == "lost") lost = message["messages"];
    if (!message.is_null()) --more;
  }
  EXPECT_GT(lost, 0);
  EXPECT_GE(read + lost, told);
}

TEST_F(ControlSocketTest, SaysThatNothingComesFromTheSessionAnyMore) {
  open();
  test::ControlClient client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  EXPECT_TRUE(client.next(0.5).is_null()) << "before the first frame there is nothing to miss";
  line->tell(Status{});
  ASSERT_EQ(client.next()["type"], "status");
  const auto silence = client.next(5.0);
  EXPECT_EQ(silence["type"], "silence");
  EXPECT_EQ(silence["seconds"], 2.0);
  EXPECT_EQ(client.next(5.0)["seconds"], 3.0);
}

TEST_F(ControlSocketTest, AFloodIsReadNoFasterThanItMayCostAndOthersAreHeardThroughIt) {
  open();
  test::ControlClient flood(path), client(path);
  ASSERT_EQ(client.next()["type"], "hello");
  std::thread flooding([&] {
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "{\"do\":\"here\"}\n";
    while (flood.send_bytes(lines)) {}
  });
  std::this_thread::sleep_for(100ms);
  const auto heard_before = line->heard();
  const auto began = std::chrono::steady_clock::now();
  int answered = 0;
  for (int i = 0; i < 20; ++i) {
    answered += client.ask("here")["ok"] == true ? 1 : 0;
    std::this_thread::sleep_for(50ms);
  }
  const double took_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const double lines_per_s = static_cast<double>(line->heard() - heard_before) / took_s;
  flood.shut_down();
  flooding.join();
  EXPECT_EQ(answered, 20);
  EXPECT_GT(lines_per_s, 1000.0) << "this was no flood";
  EXPECT_LT(lines_per_s, 10000.0) << "80 lines in 10 ms are 8000 a second";
}

}  // namespace
}  // namespace attune::session
