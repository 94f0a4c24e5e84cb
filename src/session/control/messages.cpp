#include "session/control/messages.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "session/control/names.hpp"

namespace attune::session::control {

namespace {

using json = nlohmann::ordered_json;
using treatment::Language;

std::string line_of(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// Two digits behind the point are enough for people; what is not a number is null.
json rounded(double value) {
  return std::isfinite(value) ? json(std::round(value * 100.0) / 100.0) : json(nullptr);
}

/// A code with its words; null for the one that means nothing.
template <typename Code>
json coded(Code code, Language language) {
  if (code == Code::none) return nullptr;
  return {{"code", static_cast<int>(code)}, {"words", treatment::text(code, language)}};
}

json id_of(const std::string& id) { return id.empty() ? json(nullptr) : json::parse(id, nullptr, false); }

json question_of(const scene::QuestionPanel& question, const Greeting& greeting) {
  if (question.kind == telemetry::ReportKind::none) return nullptr;
  json object{{"kind", name_of(question.kind)}, {"asked_s", rounded(question.asked.seconds())}};
  const auto& questions = greeting.programme.questions;
  if (question.text > 0 && question.text <= questions.size())
    object["text"] = questions[question.text - 1U].text.in(greeting.language);
  if (question.options > 0) object["options"] = question.options;
  return object;
}

json sensors_of(std::uint32_t bits) {
  json names = json::array();
  for (int i = 0; i < sensor_kind_count; ++i) {
    if ((bits >> static_cast<unsigned>(i) & 1U) != 0) names.push_back(name_of(static_cast<SensorKind>(i)));
  }
  return names;
}

const char* code_of(Outcome::Result result) {
  return result == Outcome::Result::superseded ? "superseded" : "not_now";
}

}  // namespace

std::string hello(const Greeting& greeting) {
  const auto& programme = greeting.programme;
  json steps = json::array(), prompts = json::array();
  for (const auto& step : programme.ladder) steps.push_back(step.title.in(greeting.language));
  for (const auto& prompt : programme.prompts) prompts.push_back(prompt.text.in(greeting.language));
  return line_of({{"type", "hello"},
                  {"protocol", 1},
                  {"programme", programme.id},
                  {"title", programme.title.in(greeting.language)},
                  {"language", greeting.language == Language::chinese ? "zh" : "en"},
                  {"clock", greeting.virtual_clock ? "virtual" : "real"},
                  {"steps", steps},
                  {"prompts", prompts}});
}

std::string message(const Status& status, const Greeting& greeting) {
  const auto language = greeting.language;
  const auto band = band_of(status);
  json object{{"type", "status"}, {"time_s", rounded(status.time.seconds())}};
  object["phase"] = name_of(status.phase);
  object["phase_words"] = treatment::text(status.phase, greeting.programme.middle(), language);
  object["place"] = status.place == scene::Place::safe_place ? "safe_place" : "world";
  object["stimulus_hidden"] = status.stimulus_hidden;
  object["state"] = {{"mean", band.mean}, {"low", band.low}, {"high", band.high}};
  object["ceiling"] = rounded(100.0 * static_cast<double>(status.ceiling));
  object["asked_ceiling"] =
      status.asked_ceiling ? rounded(100.0 * static_cast<double>(*status.asked_ceiling)) : json(nullptr);
  object["intensity"] = rounded(static_cast<double>(status.intensity));
  object["step"] = status.steps > 0 ? json(status.step + 1) : json(nullptr);
  object["steps"] = status.steps;
  object["activity"] = name_of(status.activity);
  object["suds"] = status.suds ? json{{"value", rounded(static_cast<double>(status.suds->value))},
                                      {"age_s", rounded(static_cast<double>(status.age_of_suds_s()))}}
                               : json(nullptr);
  object["hold"] = coded(status.hold, language);
  object["why"] = coded(status.why, language);
  object["question"] = question_of(status.question, greeting);
  object["prompt"] = status.prompt > 0 ? json(status.prompt - 1) : json(nullptr);
  object["sensors"] = sensors_of(status.sensors);
  object["body_doubted"] = status.body_doubted;
  object["worn"] = status.worn;
  object["focused"] = status.focused;
  object["head_tracked"] = status.head_tracked;
  object["therapist_silence_s"] = rounded(static_cast<double>(status.therapist_silence_s));
  return line_of(object);
}

std::string message(const record::Event& event) {
  json values = json::array();
  for (const double value : event.values)
    values.push_back(std::isfinite(value) ? json(value) : json(nullptr));
  return line_of({{"type", "event"},
                  {"time_s", rounded(event.time.seconds())},
                  {"kind", name_of(event.kind)},
                  {"words", event.words()},
                  {"values", values}});
}

std::string reply(const std::string& id, const Outcome& outcome, const Greeting& greeting) {
  const bool taken = outcome.result == Outcome::Result::taken;
  json object{{"type", "reply"}, {"id", id_of(id)}, {"ok", taken}};
  object["time_s"] = rounded(outcome.time.seconds());
  object["phase"] = name_of(outcome.phase);
  if (!taken) object["code"] = code_of(outcome.result);
  if (outcome.result == Outcome::Result::superseded)
    object["words"] = greeting.language == Language::chinese ? "停止命令优先" : "a stop came first";
  else if (outcome.reason != treatment::Reason::none)
    object["words"] = treatment::text(outcome.reason, greeting.programme.middle(), greeting.language);
  return line_of(object);
}

std::string agreement(const std::string& id) {
  return line_of({{"type", "reply"}, {"id", id_of(id)}, {"ok", true}});
}

std::string refusal(const std::string& id, std::string_view code, std::string_view words) {
  return line_of({{"type", "reply"}, {"id", id_of(id)}, {"ok", false}, {"code", code}, {"words", words}});
}

std::string lost(std::uint64_t messages) { return line_of({{"type", "lost"}, {"messages", messages}}); }

std::string silence(double seconds) { return line_of({{"type", "silence"}, {"seconds", rounded(seconds)}}); }

}  // namespace attune::session::control
