#include "cli/terminal/key_map.hpp"

#include <algorithm>
#include <array>

#include "attune/treatment/governor.hpp"

namespace attune::cli {

namespace {

using session::Act;
using telemetry::CommandKind;
using treatment::Language;

constexpr float ceiling_step = 0.05F;  // 5 SUDS

struct Key {
  std::string_view letters;  // any of these; the first is the one that help names
  CommandKind command;
};
constexpr std::array keys{
    Key{"s", CommandKind::start},      Key{"p", CommandKind::pause},
    Key{"r", CommandKind::resume},     Key{"+=u", CommandKind::step_up},
    Key{"-d", CommandKind::step_down}, Key{"h", CommandKind::hold},
    Key{"n", CommandKind::skip},       Key{"x", CommandKind::stop},
    Key{"g", CommandKind::safe_place}, Key{"c", CommandKind::raise_ceiling},
};

Act command(CommandKind kind, float value = 0.0F) {
  Act act;
  act.command = {kind, value};
  return act;
}

Act patient_stop() {
  Act act;
  act.kind = Act::Kind::patient_stop;
  return act;
}

/// An arrow that may stand at the beginning of `bytes`.
std::optional<CommandKind> arrow(std::string_view bytes) {
  if (bytes.size() < 3 || bytes[0] != '\x1b' || (bytes[1] != '[' && bytes[1] != 'O')) return std::nullopt;
  if (bytes[2] == 'A') return CommandKind::step_up;
  if (bytes[2] == 'B') return CommandKind::step_down;
  return std::nullopt;
}

}  // namespace

std::vector<Act> KeyMap::press(std::string_view bytes) {
  std::vector<Act> acts;
  while (!bytes.empty()) {
    if (bytes[0] == '\x1b') {
      if (const auto step = arrow(bytes)) acts.push_back(command(*step));
      // Other keys with an escape sequence mean nothing; its letters are no keys of their own.
      const auto end = std::find_if(bytes.begin() + 1, bytes.end(), [](char letter) {
        return (letter >= 'A' && letter <= 'Z' && letter != 'O') || (letter >= 'a' && letter <= 'z') ||
               letter == '~' || letter == ' ';
      });
      const bool whole = end != bytes.end() && *end != ' ';
      bytes.remove_prefix(static_cast<std::size_t>(end - bytes.begin()) + (whole ? 1 : 0));
      continue;
    }
    if (const auto act = key(bytes[0])) acts.push_back(*act);
    bytes.remove_prefix(1);
  }
  return acts;
}

std::optional<Act> KeyMap::key(char letter) {
  if (letter == ' ') {
    digits_.clear();
    return patient_stop();
  }
  if (letter >= '0' && letter <= '9') {
    if (digits_.size() < 3) digits_ += letter;
    return std::nullopt;
  }
  if (letter == '\n' || letter == '\r') return finish_distress();
  digits_.clear();
  if (letter == '?') help_wanted_ = true;
  for (const auto& one : keys) {
    if (one.letters.find(letter) == std::string_view::npos) continue;
    const bool raises = one.command == CommandKind::raise_ceiling;
    return command(one.command,
                   raises ? std::min(ceiling_ + ceiling_step, treatment::absolute::ceiling) : 0.0F);
  }
  return std::nullopt;
}

std::optional<Act> KeyMap::finish_distress() {
  const auto digits = std::exchange(digits_, {});
  if (digits.empty() || std::stoi(digits) > 100) return std::nullopt;
  Act act;
  act.kind = Act::Kind::report;
  act.report = telemetry::ReportKind::suds;
  act.value = static_cast<float>(std::stoi(digits));
  return act;
}

std::string KeyMap::typed() const {
  if (digits_.empty()) return {};
  return "SUDS " + digits_ + (language_ == Language::chinese ? "（回车确认）" : " (Enter)");
}

std::string KeyMap::hint() const {
  return language_ == Language::chinese ? "空格=停止 ?=按键" : "space=stop ?=keys";
}

std::string KeyMap::help() const {
  const bool zh = language_ == Language::chinese;
  std::string lines = zh ? "  空格  来访者要求停止\n" : "  space  the patient stops\n";
  for (const auto& one : keys) {
    lines += "  ";
    lines += one.letters[0];
    lines += zh ? "     " : "      ";
    lines += treatment::text(treatment::event_of(one.command), language_);
    if (one.command == CommandKind::step_up) lines += zh ? "（或 ↑）" : " (or arrow up)";
    if (one.command == CommandKind::step_down) lines += zh ? "（或 ↓）" : " (or arrow down)";
    if (one.command == CommandKind::skip) lines += zh ? "（进入下一阶段）" : ": on to the next phase";
    if (one.command == CommandKind::raise_ceiling)
      lines += zh ? "（5 SUDS；1 至 10 秒内再按一次确认）" : " by 5 SUDS; again within 1 to 10 s confirms";
    lines += '\n';
  }
  lines +=
      zh ? "  0-100 回车  来访者口头报告的痛苦程度（SUDS）\n  Ctrl-C  结束本次治疗\n"
           "  状态行：焦虑为估计值，以 SUDS 计：90% 区间及均值；强度为 0 至 1\n"
         : "  0-100 Enter  distress (SUDS) that the patient says aloud\n  Ctrl-C  ends the session\n"
           "  In the line below, anxiety is an estimate in SUDS: the band that holds it with 90 %, and its "
           "mean; intensity is 0 to 1\n";
  return lines;
}

}  // namespace attune::cli
