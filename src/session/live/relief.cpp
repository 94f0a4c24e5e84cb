#include <spdlog/spdlog.h>

#include <chrono>
#include <thread>

#include "session/live/live_session.hpp"

// What the patient sees when a decision does not come in time. The last picture would stay where it is, at
// whatever height, and nothing would stop it: so the supervisor shows the calm garden instead.
namespace attune::session {

namespace {

using namespace std::chrono_literals;

scene::Directive garden_at(core::SessionTime time) {
  scene::Directive directive;
  directive.time = time;
  directive.place = scene::Place::safe_place;
  directive.stimulus_hidden = true;
  return directive;
}

}  // namespace

/// One decision, on which the supervisor keeps an eye.
void LiveSession::decide(const xr::FrameTime& time, bool drawn) {
  shown_at_ = time;
  shown_drawn_ = drawn;
  meter_.spent_on(CostMeter::Part::ours);
  watch_.begin_decision();
  scene::Directive decided;
  try {
    decided = pipeline_.step(frame_);
  } catch (...) {  // what unwinds the session waits for a garden that is being shown in it
    static_cast<void>(watch_.end_decision());
    throw;
  }
  const auto late_ms = watch_.end_decision();
  meter_.spent_on(CostMeter::Part::pipeline);
  directive_ = late_ms == 0 ? decided : garden_at(shown_at_.time);
  if (late_ms == 0) return;
  undecided_ = true;
  const auto words = fmt::format("no decision came for {:.1f} s: the calm garden was shown", late_ms * 1e-3);
  spdlog::warn(words);
  logbook_.note(shown_at_.time, record::EventKind::problem, words);
}

void LiveSession::show_garden_while(const std::function<bool()>& still) {
  bool over = false;
  while (still()) {
    if (over || !shown_drawn_) std::this_thread::sleep_for(10ms);
    if (over) continue;
    if (shown_drawn_ && !show_garden()) over = true;
    auto turn = core::Result<xr::Turn>(xr::Turn::ended);
    if (!over) turn = stage_.headset().wait_frame(shown_at_);
    over = over || !turn || *turn == xr::Turn::ended;
    shown_drawn_ = !over && *turn == xr::Turn::frame;
  }
  over_ = over_ || over;
}

core::Result<void> LiveSession::show_garden() {
  auto& headset = stage_.headset();
  const auto& list = world_.apply(garden_at(shown_at_.time), {frame_.head, false});
  headset.show(shown_at_, world_.stimulus());
  if (const auto begun = headset.begin_frame(); !begun) return begun;
  std::array<xr::View, 2> views;
  if (!shown_at_.should_render || !headset.views(shown_at_, views)) return headset.end_frame_empty(shown_at_);
  if (const auto drawn = stage_.draw(shown_at_, views, list, false); !drawn) return drawn.error();
  return {};
}

}  // namespace attune::session
