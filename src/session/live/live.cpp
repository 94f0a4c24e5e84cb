#include "attune/session/live.hpp"

#include <spdlog/fmt/fmt.h>

#include <chrono>
#include <future>
#include <thread>

#include "attune/session/panel_texts.hpp"
#include "session/live/garden.hpp"

namespace attune::session {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr auto look_every = 50ms, look_often = 5ms;
constexpr auto worth_naming = 2s;     // a shorter silence is a slow frame
constexpr auto time_to_leave = 2s;    // from being asked to end to being made to
constexpr auto time_to_tidy_up = 1s;  // for a loop that was made to end, and for what it destroys
constexpr auto time_to_close = 20s;   // a recording, on a disk that is busy
constexpr auto headstart = 2s;        // who waits for a headset inside a call gives up first, and knows why

/// What loop and supervisor share. It outlives both: a loop that is stuck may wake up while the process ends.
struct Shared {
  RuntimeWatch watch;
  std::unique_ptr<LiveSession> session;        // made by the loop
  std::atomic<LiveSession*> running{nullptr};  // set once it is whole
  std::optional<core::Result<LiveResult>> result;
  std::atomic<bool> concluded{false};  // `result` is there; what is left is tidying up
  std::promise<void> done;
};

core::Result<LiveResult> open_and_run(const LiveOptions& options, Shared& shared) {
  const auto& programme = options.pipeline.programme;
  const auto texts = panel_texts(programme, options.language);
  auto world = scene::load_world(programme.world, texts);
  if (!world) return world.error();
  auto stage = Stage::open(options.patience_s, options.interrupted, shared.watch);
  if (!stage) return stage.error();
  std::vector<std::string> shown = texts.prompts;
  for (const auto& question : texts.questions) {
    shown.push_back(question.title);
    shown.insert(shown.end(), question.options.begin(), question.options.end());
  }
  shown.push_back(texts.stop);
  shown.emplace_back("0123456789 %");  // at the sliders
  if (const auto loaded = stage->load(*world, shown); !loaded) return loaded.error();
  // LibTorch's first answer takes its time: before the session, not in it.
  if (auto* networks = options.pipeline.networks.get())
    static_cast<void>(networks->wanted_change(networks->infer({}, {}).embedding));
  shared.session = std::make_unique<LiveSession>(options, shared.watch, std::move(*stage), std::move(*world));
  shared.running.store(shared.session.get(), std::memory_order_release);
  return shared.session->run();
}

void frame_loop(const LiveOptions& options, Shared& shared) {
  try {
    shared.result = open_and_run(options, shared);
  } catch (
      const std::exception& error) {  // a third-party library's, past the border that should have caught it
    shared.result = core::failed(std::string("unexpected: ") + error.what());
  }
  shared.concluded.store(true, std::memory_order_release);
  {
    const RuntimeCall call(shared.watch, "giving the headset back");
    shared.session.reset();
  }
  shared.done.set_value();
}

/// Watches the loop from outside: names silences, shows the calm garden when decisions are late, and ends a
/// session whose runtime, or whose loop, does not go on.
class Supervisor {
 public:
  Supervisor(const LiveOptions& options, Shared& shared)
      : options_(options),
        shared_(shared),
        patience_(Seconds(options.patience_s) + headstart),
        answered_(Steady::now()),
        decided_(answered_),
        moved_(answered_) {}

  /// What came of the session, once it is over, in whichever way.
  core::Result<LiveResult> wait(const std::future<void>& done) {
    while (done.wait_for(look_every) != std::future_status::ready) {
      look();
      if (auto taken = take_if_due()) return *taken;
      if (auto given_up = relieve_if_due()) return *given_up;
      if (auto given_up = leave_if_stuck()) return *given_up;
    }
    return *shared_.result;
  }

 private:
  void look() {
    const auto now = Steady::now();
    const auto returns = shared_.watch.returns();
    if (returns != returns_ || !shared_.watch.inside()) answered_ = now;
    const auto decisions = shared_.watch.decisions();
    if (decisions != decisions_ || !shared_.watch.deciding()) decided_ = now;
    const bool session_runs = shared_.running.load(std::memory_order_acquire) != nullptr;
    const bool elsewhere = shared_.watch.inside() || shared_.watch.deciding();
    if (returns != returns_ || elsewhere || !session_runs) moved_ = now;
    returns_ = returns;
    decisions_ = decisions;
    silence_ = now - answered_;
    if (silence_ >= worth_naming) {
      shared_.watch.say_silence(static_cast<std::uint32_t>(
          std::chrono::duration_cast<std::chrono::milliseconds>(silence_).count()));
    }
    const bool asked = by_operator();
    const bool concluded = shared_.concluded.load(std::memory_order_acquire);
    if (!leaving_since_ && (asked || concluded || shared_.watch.leaving())) leaving_since_ = now;
    if (leaving_since_ && now - *leaving_since_ > time_to_leave) shared_.watch.ask_to_end();
  }

  std::optional<core::Result<LiveResult>> take_if_due() {
    const bool out_of_patience = silence_ > patience_;
    const bool out_of_time = leaving_since_ && silence_ > time_to_tidy_up &&
                             Steady::now() - *leaving_since_ > time_to_leave + time_to_tidy_up;
    if ((!out_of_patience && !out_of_time) || !shared_.watch.take()) return std::nullopt;
    const std::string doing = shared_.watch.doing();
    if (shared_.concluded.load(std::memory_order_acquire)) {
      auto result = *shared_.result;
      if (result) result->stuck = true;
      return result;
    }
    const auto reason =
        by_operator()
            ? "ended by the operator; the OpenXR runtime did not answer any more (" + doing + ")"
            : "the OpenXR runtime does not answer any more (" + doing + "): restart it, then start again";
    auto* session = shared_.running.load(std::memory_order_acquire);
    if (session != nullptr) return session->abandon(reason, !by_operator());
    return lost_for(reason);
  }

  /// A decision that is late leaves a patient in the world without a way to stop: the garden is shown until
  /// it comes. With a virtual clock nobody is there to see anything.
  std::optional<core::Result<LiveResult>> relieve_if_due() {
    const auto late = Seconds(treatment::absolute::decision_late_s);
    const auto longest =
        options_.virtual_clock ? patience_ : Seconds(treatment::absolute::decisions_given_up_s);
    const auto due = !options_.virtual_clock ? late : by_operator() ? Seconds(time_to_tidy_up) : longest;
    if (Steady::now() - decided_ < due || !shared_.watch.relieve()) return std::nullopt;
    auto* session = shared_.running.load(std::memory_order_acquire);
    std::optional<Garden> garden;
    if (!options_.virtual_clock) garden.emplace(*session);
    while (!shared_.watch.waits() && !by_operator() && Steady::now() - decided_ < longest)
      std::this_thread::sleep_for(look_often);
    const bool decided = shared_.watch.waits();
    const auto late_for = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - decided_);
    const bool runtime_answers = !garden || end(*garden, decided);
    if (decided && runtime_answers) {
      answered_ = decided_ = moved_ = Steady::now();
      shared_.watch.give_back(static_cast<std::uint32_t>(late_for.count()));
      return std::nullopt;
    }
    if (!shared_.watch.take()) return std::nullopt;
    const auto words = why_given_up(decided, runtime_answers, static_cast<double>(late_for.count()) * 1e-3);
    return session->abandon(
        by_operator() ? "ended by the operator; " + words : words + ": the session is given up",
        !by_operator());
  }

  /// The garden's own calls may not return either. A session that could go on waits for them as for any
  /// other; one that is over does not. False: the runtime is still in the headset's way.
  [[nodiscard]] bool end(Garden& garden, bool goes_on) {
    auto waited = Seconds(0);
    const bool ended = garden.end([&](Seconds so_long) {
      waited = so_long;
      return so_long < (goes_on && !by_operator() ? patience_ : Seconds(time_to_tidy_up));
    });
    if (ended && waited >= worth_naming)
      shared_.watch.say_silence(static_cast<std::uint32_t>(waited.count() * 1e3));
    return ended;
  }

  static std::string why_given_up(bool decided, bool runtime_answers, double late_s) {
    constexpr const char* mute = "the OpenXR runtime does not answer any more (showing the calm garden)";
    if (decided) return mute;
    const auto words = fmt::format("no decision came for {:.1f} s", late_s);
    return runtime_answers ? words : words + ", and " + mute;
  }

  /// A loop that neither decides nor waits for anybody, and does not go on: what it was doing is unknown, so
  /// nothing of the session is touched. With the process the picture goes.
  std::optional<core::Result<LiveResult>> leave_if_stuck() {
    const auto longest = Seconds(treatment::absolute::decisions_given_up_s) +
                         (leaving_since_ ? Seconds(time_to_close) : Seconds(0));
    if (options_.virtual_clock || Steady::now() - moved_ < longest) return std::nullopt;
    return lost_for("the session's own loop does not go on any more: the session is given up");
  }

  [[nodiscard]] bool by_operator() const {
    return options_.interrupted != nullptr && options_.interrupted->load();
  }
  static LiveResult lost_for(std::string reason) {
    LiveResult nothing;
    nothing.end_reason = std::move(reason);
    nothing.lost = nothing.stuck = true;
    return nothing;
  }

  const LiveOptions& options_;
  Shared& shared_;
  Seconds patience_;
  Steady::time_point answered_, decided_, moved_;  // when last: runtime, pipeline, the loop itself
  std::optional<Steady::time_point> leaving_since_;
  std::chrono::nanoseconds silence_{0};
  std::uint64_t returns_ = 0, decisions_ = 0;
};

}  // namespace

core::Result<LiveResult> run_live(const LiveOptions& options) {
  // Kept for ever when the loop is stuck in the runtime: it may still look at them.
  auto* shared = new Shared;
  auto* kept_options = new LiveOptions(options);
  const auto done = shared->done.get_future();
  std::thread loop(frame_loop, std::cref(*kept_options), std::ref(*shared));
  auto result = Supervisor(*kept_options, *shared).wait(done);
  if (result && result->stuck) {
    loop.detach();
    return result;
  }
  loop.join();
  delete shared;
  delete kept_options;
  return result;
}

}  // namespace attune::session
