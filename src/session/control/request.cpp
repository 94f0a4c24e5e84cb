#include "session/control/request.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "session/control/names.hpp"

namespace attune::session::control {

namespace {

using nlohmann::json;
using telemetry::CommandKind, telemetry::ReportKind;

constexpr std::size_t longest_id = 64;
constexpr double longest_wait_s = 3600.0;  // no session is longer
constexpr double most_options = 5.0;       // of a question in a programme

/// What may stand behind "do", besides commands and ratings.
struct SaidInWords {
  std::string_view name;
  Act::Kind kind;
};
constexpr std::array said_in_words{
    SaidInWords{"feared", Act::Kind::feared},
    SaidInWords{"happened", Act::Kind::happened},
    SaidInWords{"note", Act::Kind::note},
};

double highest_of(ReportKind kind) {
  if (kind == ReportKind::comfort) return 10.0;
  return kind == ReportKind::choice ? most_options - 1.0 : 100.0;
}

/// The number under "value", if it is one within the range; otherwise the problem is told.
std::optional<float> value_of(const json& line, double highest, std::string& problem) {
  const auto found = line.find("value");
  const bool number = found != line.end() && found->is_number();
  const double value = number ? found->get<double>() : -1.0;
  if (std::isfinite(value) && value >= 0.0 && value <= highest) return static_cast<float>(value);
  problem = "'value' must be a number from 0 to " + std::to_string(static_cast<int>(highest));
  return std::nullopt;
}

/// Letters that move a terminal's cursor or end a line have no place in what is shown and logged.
bool is_plain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto letter = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
    const bool c1_control = letter == 0xC2 && next < 0xA0;  // U+0080 … U+009F
    if (letter < 0x20 || letter == 0x7F || c1_control) return false;
  }
  return true;
}

void read_words(const json& line, Act::Kind kind, Request& request) {
  const auto found = line.find("text");
  const auto* text = found != line.end() ? found->get_ptr<const std::string*>() : nullptr;
  if (text == nullptr || text->empty() || text->size() > Act::longest_text || !is_plain(*text)) {
    request.problem = "'text' must be 1 to " + std::to_string(Act::longest_text) +
                      " bytes of text without control characters";
    return;
  }
  Act act;
  act.kind = kind;
  for (const char letter : *text) act.text.push_back(letter);
  request.act = act;
}

void read_command(const json& line, CommandKind command, Request& request) {
  Act act;
  act.command.kind = command;
  if (command == CommandKind::raise_ceiling) {
    const auto suds = value_of(line, 100.0, request.problem);
    if (!suds) return;
    act.command.value = *suds / 100.0F;
  }
  request.act = act;
}

void read_report(const json& line, ReportKind kind, Request& request) {
  const auto value = value_of(line, highest_of(kind), request.problem);
  if (!value) return;
  if (kind == ReportKind::choice && *value != std::floor(*value)) {
    request.problem = "'value' must be the number of an option, from 0";
    return;
  }
  Act act;
  act.kind = Act::Kind::report;
  act.report = kind;
  act.value = *value;
  request.act = act;
}

/// "at_s": the act waits for that time of the session.
void read_time(const json& line, Request& request) {
  const auto found = line.find("at_s");
  if (found == line.end() || !request.act) return;
  const double at_s = found->is_number() ? found->get<double>() : -1.0;
  if (std::isfinite(at_s) && at_s >= 0.0 && at_s <= longest_wait_s) {
    request.act->not_before = core::at_seconds(at_s);
    return;
  }
  request.act.reset();
  request.problem = "'at_s' must be a number of seconds from 0 to 3600";
}

void read_id(const json& line, Request& request) {
  const auto found = line.find("id");
  if (found == line.end()) return;
  const auto* text = found->get_ptr<const std::string*>();
  if (found->is_number() || (text != nullptr && text->size() <= longest_id))
    request.id = found->dump(-1, ' ', true, json::error_handler_t::replace);
  else
    request.problem = "'id' must be a number or a text of at most 64 bytes";
}

void read_verb(const json& line, std::string_view verb, Request& request) {
  if (verb == "here") {
    request.act.emplace().kind = Act::Kind::here;
  } else if (verb == "patient_stop") {
    request.act.emplace().kind = Act::Kind::patient_stop;
  } else if (const auto command = command_named(verb)) {
    read_command(line, *command, request);
  } else if (const auto report = report_named(verb)) {
    read_report(line, *report, request);
  } else if (const auto words = std::find_if(said_in_words.begin(), said_in_words.end(),
                                             [&](const auto& one) { return one.name == verb; });
             words != said_in_words.end()) {
    read_words(line, words->kind, request);
  } else {
    request.problem = "'do' must be one of " + all_verbs();
  }
}

}  // namespace

std::string all_verbs() {
  std::string all;
  for (const auto name : command_names()) all += std::string(name) + ", ";
  all += "patient_stop, ";
  for (const auto name : report_names()) all += std::string(name) + ", ";
  for (const auto& words : said_in_words) all += std::string(words.name) + ", ";
  return all + "here";
}

Request read_request(std::string_view text) {
  Request request;
  if (text.size() > longest_line) {
    request.problem = "a line is at most 4096 bytes";
    return request;
  }
  const auto line = json::parse(text, nullptr, false);
  if (!line.is_object()) {
    request.problem = "a line is one JSON object, as {\"do\":\"stop\"}";
    return request;
  }
  read_id(line, request);
  if (!request.problem.empty()) return request;
  const auto found = line.find("do");
  const auto* verb = found != line.end() ? found->get_ptr<const std::string*>() : nullptr;
  read_verb(line, verb != nullptr ? std::string_view(*verb) : std::string_view(), request);
  read_time(line, request);
  return request;
}

}  // namespace attune::session::control
