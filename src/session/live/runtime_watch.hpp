#pragma once

#include <atomic>
#include <cstdint>

namespace attune::session {

/// Between the frame loop and whoever supervises it: says when the loop is inside a call of the OpenXR
/// runtime or of the graphics driver, which may never return, and lets the supervisor take the session away
/// from a loop that is stuck there. Says too when the loop is deciding, which nothing may hold up while a
/// patient stands in the world: from a decision that is late the supervisor takes over the pictures, and
/// gives them back. Lock-free; one loop, one supervisor.
class RuntimeWatch {
 public:
  // The frame loop's side.

  /// @param doing  for people: "waiting for a frame"; must live for ever
  void enter(const char* doing);
  /// Does not return when the session was taken away: its objects belong to the supervisor then.
  void leave();
  /// The pipeline is asked for a decision: touches neither headset nor scene.
  void begin_decision();
  /// It has decided. Where the supervisor shows the pictures, waits until it has given them back.
  /// @return for how long they were the supervisor's, in milliseconds; 0: the decision came in time
  [[nodiscard]] std::uint32_t end_decision();
  /// The longest silence since the last call, in milliseconds; 0 when there was none worth naming.
  [[nodiscard]] std::uint32_t take_silence_ms() { return silence_ms_.exchange(0, std::memory_order_acquire); }
  /// The runtime was asked to end the session.
  void say_leaving() { leaving_.store(true, std::memory_order_release); }
  /// The session is to end whatever the runtime says.
  [[nodiscard]] bool must_end() const { return must_end_.load(std::memory_order_acquire); }

  // The supervisor's side.

  /// Grows with every call that returns.
  [[nodiscard]] std::uint64_t returns() const { return returns_.load(std::memory_order_acquire); }
  [[nodiscard]] bool inside() const { return state_.load(std::memory_order_acquire) == State::inside; }
  [[nodiscard]] const char* doing() const { return doing_.load(std::memory_order_acquire); }
  [[nodiscard]] bool leaving() const { return leaving_.load(std::memory_order_acquire); }
  void say_silence(std::uint32_t milliseconds) { silence_ms_.store(milliseconds, std::memory_order_release); }
  void ask_to_end() { must_end_.store(true, std::memory_order_release); }
  /// True when the loop was inside a call, or relieved: from now on it touches nothing of the session any
  /// more.
  [[nodiscard]] bool take();
  [[nodiscard]] bool deciding() const { return state_.load(std::memory_order_acquire) == State::deciding; }
  /// Grows with every decision that begins.
  [[nodiscard]] std::uint64_t decisions() const { return decisions_.load(std::memory_order_acquire); }
  /// True when the loop was deciding: headset and scene are the supervisor's, until `give_back` or `take`.
  [[nodiscard]] bool relieve();
  /// The decision came, and the loop waits.
  [[nodiscard]] bool waits() const { return waits_.load(std::memory_order_acquire); }
  void give_back(std::uint32_t late_ms);

 private:
  enum class State : std::uint8_t { ours, inside, deciding, relieved, taken };
  [[nodiscard]] bool change(State from, State to);
  [[noreturn]] static void never_go_on();
  std::atomic<State> state_{State::ours};
  std::atomic<const char*> doing_{""};
  std::atomic<std::uint64_t> returns_{0}, decisions_{0};
  std::atomic<std::uint32_t> silence_ms_{0}, late_ms_{0};
  std::atomic<bool> leaving_{false}, must_end_{false}, waits_{false};
};

/// One call into the runtime or driver, for as long as this lives.
class RuntimeCall {
 public:
  RuntimeCall(RuntimeWatch& watch, const char* doing) : watch_(watch) { watch_.enter(doing); }
  ~RuntimeCall() { watch_.leave(); }
  RuntimeCall(const RuntimeCall&) = delete;
  RuntimeCall& operator=(const RuntimeCall&) = delete;

 private:
  RuntimeWatch& watch_;
};

}  // namespace attune::session
