#include "attune/treatment/script.hpp"

#include <algorithm>

namespace attune::treatment {

namespace {

bool same_phase(Phase wanted, Phase now) { return wanted == now || (is_paused(wanted) && is_paused(now)); }

}  // namespace

Script::Script(const Programme& programme)
    : programme_(programme),
      prompt_shown_(programme.prompts.size(), false),
      next_question_s_(programme.questions.size(), 0.0) {}

void Script::begin_frame(core::SessionTime time, double dt_s) {
  now_ = time;
  prompt_left_s_ -= dt_s;
  if (prompt_left_s_ <= 0.0) lines_.prompt = 0;
}

void Script::close_question() {
  lines_.question = 0;
  lines_.question_kind = telemetry::ReportKind::none;
}

void Script::begin_phase() {
  std::fill(prompt_shown_.begin(), prompt_shown_.end(), false);
  for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
    next_question_s_[i] = programme_.questions[i].first_after_s;
  }
}

void Script::begin_step(std::uint16_t step) {
  step_ = step;
  const auto& questions = programme_.questions;
  if (lines_.question != 0) {
    const auto& open = questions[lines_.question - 1U];
    if (open.step && *open.step != step) close_question();
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].step == step) next_question_s_[i] = questions[i].first_after_s;
  }
  for (std::size_t i = 0; i < prompt_shown_.size(); ++i) {
    if (programme_.prompts[i].step == step) prompt_shown_[i] = false;
  }
  show(Phase::exposure, PromptTrigger::step_start);
}

template <typename Words>
bool Script::belongs(const Words& words, Phase phase) const {
  return same_phase(words.phase, phase) && (!words.step || *words.step == step_);
}

void Script::begin_part(std::uint8_t part) { show_one(Phase::exposure, PromptTrigger::part, part); }

void Script::show(Phase phase, PromptTrigger occasion) { show_one(phase, occasion, 0); }

void Script::show_one(Phase phase, PromptTrigger occasion, std::uint8_t part) {
  const auto& prompts = programme_.prompts;
  const auto fits = [&](const Prompt& prompt) {
    return prompt.when == occasion && prompt.part == part && belongs(prompt, phase);
  };
  const auto fitting = std::count_if(prompts.begin(), prompts.end(), fits);
  if (fitting == 0) return;
  // Several prompts for one occasion take turns, so that nobody hears the same words again and again.
  auto turn = rotation_++ % fitting;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    if (!fits(prompts[i]) || turn-- != 0) continue;
    lines_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompts[i].show_s;
    return;
  }
}

std::uint16_t Script::answered(telemetry::ReportKind kind) {
  lines_.unanswered = 0;
  if (kind != lines_.question_kind) return 0;
  const auto question = lines_.question;
  close_question();
  return question;
}

void Script::run(const ScriptPlace& place) {
  ask(place);
  run_prompts(place);
}

void Script::ask(const ScriptPlace& place) {
  if (lines_.question != 0) {
    const auto& open = programme_.questions[lines_.question - 1U];
    if (core::seconds_between(lines_.asked, now_) < open.answer_within_s) return;
    ++lines_.unanswered;
    close_question();
  }
  for (std::size_t i = 0; i < next_question_s_.size(); ++i) {
    const auto& question = programme_.questions[i];
    if (question.phase != place.phase || !belongs(question, place.phase)) continue;
    const double since_s = question.step ? place.in_step_s : place.time_in_phase_s;
    if (since_s < next_question_s_[i]) continue;
    next_question_s_[i] = question.every_s > 0.0 ? since_s + question.every_s : 1e12;
    lines_.question = static_cast<std::uint16_t>(i + 1);
    lines_.question_kind = question.kind;
    lines_.asked = now_;
    return;
  }
}

void Script::run_prompts(const ScriptPlace& place) {
  if (is_paused(place.phase)) return;
  for (std::size_t i = 0; i < prompt_shown_.size(); ++i) {
    const auto& prompt = programme_.prompts[i];
    if (prompt.when != PromptTrigger::after || prompt_shown_[i] || !belongs(prompt, place.phase)) continue;
    if ((prompt.step ? place.in_step_s : place.time_in_phase_s) < prompt.after_s) continue;
    prompt_shown_[i] = true;
    lines_.prompt = static_cast<std::uint16_t>(i + 1);
    prompt_left_s_ = prompt.show_s;
  }
}

}  // namespace attune::treatment
