#include "session/control/intake.hpp"

#include <algorithm>
#include <limits>

#include "session/met_commands.hpp"

namespace attune::session::control {

namespace {

const char* prefix_of(Act::Kind kind) {
  switch (kind) {
    case Act::Kind::feared:
      return "feared outcome: ";
    case Act::Kind::happened:
      return "what happened: ";
    default:
      return "";
  }
}

bool leads_to_garden(const telemetry::Command& command) {
  return command.kind == telemetry::CommandKind::stop || command.kind == telemetry::CommandKind::safe_place;
}

bool is_due(const Act& act, core::SessionTime now) { return !act.not_before || now >= *act.not_before; }

}  // namespace

Intake::Intake(Lines lines, bool needs_therapist) : lines_(std::move(lines)), heard_(lines_.size(), 0) {
  const auto is_remote = [](const auto& line) { return line->remote(); };
  needs_remote_ = needs_therapist && (lines_.empty() || std::any_of(lines_.begin(), lines_.end(), is_remote));
  waiting_.reserve(most_waiting);
}

void Intake::fill(telemetry::Frame& frame, const scene::Directive& shown) {
  placed_.clear();
  said_.clear();
  stopped_ = std::any_of(frame.commands.begin(), frame.commands.end(), leads_to_garden);
  listen(frame.time);
  for (const auto& line : lines_) {
    for (Waiting next{{}, line.get()}; waiting_.size() < most_waiting && line->take(next.act);)
      waiting_.push_back(next);
  }
  take_stops(frame);
  take_others(frame, shown);
  frame.therapist_silence_s = silence_s(frame.time);
}

float Intake::silence_s(core::SessionTime now) const {
  if (!needs_remote_) return 0.0F;
  if (!last_heard_) return std::numeric_limits<float>::infinity();
  return static_cast<float>(core::seconds_between(*last_heard_, now));
}

void Intake::listen(core::SessionTime now) {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const auto heard = lines_[i]->heard();
    if (std::exchange(heard_[i], heard) == heard || !lines_[i]->remote()) continue;
    last_heard_ = now;
  }
}

/// What was sent for a time of the session says at that time that the therapist is there.
void Intake::hear_of(const Waiting& waiting, core::SessionTime now) {
  if (waiting.act.not_before && waiting.line->remote()) last_heard_ = now;
}

void Intake::take_stops(telemetry::Frame& frame) {
  for (const auto& line : lines_) {
    for (Waiting stop{{}, line.get()}; placed_.size() < placed_.capacity() && line->take_stop(stop.act);)
      place_stop(frame, stop);
  }
  const auto is_due_stop = [&](const Waiting& one) { return one.act.stops() && is_due(one.act, frame.time); };
  while (placed_.size() < placed_.capacity()) {
    const auto found = std::find_if(waiting_.begin(), waiting_.end(), is_due_stop);
    if (found == waiting_.end()) return;
    const auto stop = *found;
    waiting_.erase(found);
    place_stop(frame, stop);
  }
}

void Intake::place_stop(telemetry::Frame& frame, const Waiting& stop) {
  stopped_ = true;
  hear_of(stop, frame.time);
  give_up_for(stop, frame.time);
  if (stop.act.kind == Act::Kind::patient_stop) {
    frame.patient_stop = true;
    placed_.push_back({stop.act.ticket, stop.line, std::nullopt});
    return;
  }
  // One is as good as four: a stop that finds no room is done by those that are there.
  const bool room = frame.commands.push_back(stop.act.command);
  const auto at = room ? std::optional(frame.commands.size() - 1) : std::nullopt;
  placed_.push_back({stop.act.ticket, stop.line, at});
}

void Intake::give_up_for(const Waiting& stop, core::SessionTime now) {
  auto kept = waiting_.begin();
  for (auto& waiting : waiting_) {
    const bool later = waiting.line == stop.line && waiting.act.number > stop.act.number;
    if (waiting.act.kind == Act::Kind::command && !later) {
      waiting.line->tell(Outcome{waiting.act.ticket, now, Outcome::Result::superseded, phase_, {}});
      continue;
    }
    if (&*kept != &waiting) *kept = waiting;
    ++kept;
  }
  waiting_.erase(kept, waiting_.end());
}

void Intake::take_others(telemetry::Frame& frame, const scene::Directive& shown) {
  auto kept = waiting_.begin();
  bool room = true;
  for (auto& waiting : waiting_) {
    const bool due = is_due(waiting.act, frame.time);
    if (due && room && place(frame, waiting, shown)) continue;
    room = room && !due;  // what has no room lets nothing pass
    if (&*kept != &waiting) *kept = waiting;
    ++kept;
  }
  waiting_.erase(kept, waiting_.end());
}

/// Puts an act into the frame; false when there is no room for it now.
bool Intake::place(telemetry::Frame& frame, const Waiting& waiting, const scene::Directive& shown) {
  const auto& act = waiting.act;
  if (placed_.size() == placed_.capacity()) return false;
  Placed placed{act.ticket, waiting.line, std::nullopt};
  switch (act.kind) {
    case Act::Kind::command:
      if (stopped_ || !frame.commands.push_back(act.command)) return false;
      placed.command = frame.commands.size() - 1;
      break;
    case Act::Kind::report: {
      const auto& question = shown.question;
      const auto asked = question.kind == act.report ? question.asked : frame.time;
      if (!frame.reports.push_back({act.report, act.value, asked, frame.time})) return false;
      break;
    }
    case Act::Kind::feared:
    case Act::Kind::happened:
    case Act::Kind::note:
      if (said_.size() == said_.capacity()) return false;
      say(frame.time, act);
      break;
    case Act::Kind::here:
      break;
    case Act::Kind::patient_stop:  // `take_stops` has taken it
      return false;
  }
  hear_of(waiting, frame.time);
  placed_.push_back(placed);
  return true;
}

void Intake::say(core::SessionTime now, const Act& act) {
  auto event = record::make_event(now, record::EventKind::note, prefix_of(act.kind));
  for (const char letter : act.text) event.text.push_back(letter);
  said_.push_back(event);
}

void Intake::settle(const telemetry::Frame& frame, std::span<const treatment::LoggedEvent> met,
                    treatment::Phase phase) {
  phase_ = phase;
  if (placed_.empty()) return;
  using treatment::Reason;
  const auto reasons = reasons_of(frame, met);
  for (const auto& placed : placed_) {
    const auto reason = placed.command ? reasons[*placed.command] : Reason::none;
    const auto result =
        reason == Reason::not_possible_now ? Outcome::Result::not_now : Outcome::Result::taken;
    placed.line->tell(Outcome{placed.ticket, frame.time, result, phase, reason});
  }
}

}  // namespace attune::session::control
