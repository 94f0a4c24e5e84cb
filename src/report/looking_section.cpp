#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <functional>

#include "report/html.hpp"
#include "report/sections.hpp"

/// How things were looked at, phase by phase: attention, the movements of the eyes, stillness.
namespace attune::report {

namespace {

using Cell = std::function<std::string(const LookingPart&)>;

constexpr double least_part_s = 5.0;
constexpr std::size_t most_parts = 6;  ///< columns that fit a tablet held upright
constexpr std::size_t most_stillnesses = 24;

std::string part_name(const LookingPart& part, const Vocabulary& words) {
  switch (part.kind) {
    case LookingPart::Kind::whole:
      return both("all", "全程");
    case LookingPart::Kind::phase:
      return both(words.phase(part.number));
    case LookingPart::Kind::third:
      break;
  }
  constexpr std::array<std::pair<const char*, const char*>, 3> names{
      {{"first third", "前三分之一"}, {"middle third", "中间三分之一"}, {"last third", "后三分之一"}}};
  const auto& name = names.at(part.number);
  return both(name.first, name.second);
}

std::string or_dash(std::optional<double> value, const std::function<std::string(double)>& text) {
  return value ? text(*value) : "–";
}

std::string whole_number(double value) { return fmt::format("{:.0f}", value); }
std::string tenths(double value) { return fmt::format("{:.1f}", value); }

/// The parts that are long enough to say something of; the whole comes first.
std::vector<LookingPart> shown_parts(const LookingFigures& looking) {
  std::vector<LookingPart> parts;
  for (const auto& part : looking.parts) {
    if (part.kind == LookingPart::Kind::whole || part.seconds >= least_part_s) parts.push_back(part);
  }
  if (parts.size() > most_parts) parts.resize(most_parts);
  return parts;
}

/// A measure over the parts, with what it means below its name; nothing when it is known of none.
std::string measure_row(const std::vector<LookingPart>& parts, const std::string& name,
                        const std::string& meaning, const Cell& cell) {
  std::string cells;
  bool known = false;
  for (const auto& part : parts) {
    const auto text = cell(part);
    known = known || text != "–";
    cells += "<td class=\"number\">" + text + "</td>";
  }
  if (!known) return {};
  const auto below = meaning.empty() ? "" : "<span class=\"meaning\">" + meaning + "</span>";
  return "<tr><td>" + name + below + "</td>" + cells + "</tr>\n";
}

std::string eye_rows(const std::vector<LookingPart>& parts) {
  const auto per_minute = [](auto amount) {
    return [amount](const LookingPart& part) {
      return or_dash(part.per_minute(static_cast<double>(part.*amount)), whole_number);
    };
  };
  std::string rows;
  rows += measure_row(parts, both("Fixations a minute", "每分钟注视次数"), "",
                      per_minute(&LookingPart::fixations));
  rows += measure_row(
      parts, both("Length of a fixation, ms", "注视时长（毫秒）"), "", [](const LookingPart& part) {
        return or_dash(part.mean_fixation_s(), [](double s) { return whole_number(1000.0 * s); });
      });
  rows += measure_row(
      parts, both("Following", "追随运动"),
      both("share of the time on what moves, or is walked past", "追随移动之物或行走时注视的占比"),
      [](const LookingPart& part) { return or_dash(part.following(), percent); });
  rows += measure_row(parts, both("Saccades a minute", "每分钟扫视次数"),
                      both("jumps of the eyes", "眼睛的跳动"), per_minute(&LookingPart::saccades));
  rows += measure_row(parts, both("Width of a saccade, °", "扫视幅度（度）"), "",
                      [](const LookingPart& part) { return or_dash(part.mean_saccade_deg(), tenths); });
  rows += measure_row(parts, both("Blinks a minute", "每分钟眨眼次数"),
                      both("as far as the tracker shows them", "以眼动仪能显示者为限"),
                      per_minute(&LookingPart::blinks));
  rows += measure_row(parts, both("Way of the gaze, ° a minute", "每分钟视线移动"),
                      both("scan path, from fixation to fixation", "扫视路径（度）"),
                      per_minute(&LookingPart::path_deg));
  rows += measure_row(
      parts, both("Searching or examining, K", "搜索或细看"),
      both("above 0 examines (long fixations, short jumps), below 0 searches; 0 is this person's mean",
           "大于0为细看（注视长、跳动短），小于0为搜索；0为本人均值"),
      [](const LookingPart& part) { return or_dash(part.ambient_focal, signed_text); });
  return rows;
}

std::string parts_table(const Material& m) {
  const auto& looking = m.digest.looking;
  const auto parts = shown_parts(looking);
  std::string out = "<table><thead><tr><th style=\"width:40%\"></th>";
  for (const auto& part : parts) out += "<th class=\"number tall\">" + part_name(part, m.words) + "</th>";
  out += "</tr></thead><tbody>\n";
  out += measure_row(parts, both("Time", "时间"), "",
                     [](const LookingPart& part) { return span_text(part.seconds); });
  out += measure_row(parts, both("Engagement", "投入程度"), both("share of time on target", "看向目标的占比"),
                     [](const LookingPart& part) { return or_dash(part.engaged(), percent); });
  if (looking.by_eye()) out += eye_rows(parts);
  if (looking.stillnesses.empty()) return out + "</tbody></table>\n";
  out += measure_row(parts, both("Episodes of freezing", "静止不动的次数"), "",
                     [](const LookingPart& part) { return whole_number(part.stillnesses); });
  out += measure_row(parts, both("Time frozen", "静止不动的时间"), "",
                     [](const LookingPart& part) { return span_text(part.still_s); });
  return out + "</tbody></table>\n";
}

std::string left_out(const LookingFigures& looking) {
  if (looking.by_eye()) return {};
  return fmt::format(
      "<p>{}</p>\n",
      both("There was no eye tracking, the head stood in for the eyes: fixations, saccades, blinks, the way "
           "of the "
           "gaze and K need eyes and are left out.",
           "没有眼动追踪，以头部方向代替：注视、扫视、眨眼、视线移动和K系数需要眼动数据，故未列出。"));
}

std::string stillness(const Material& m) {
  const auto& all = m.digest.looking.stillnesses;
  std::string out = fmt::format("<h3>{}</h3>\n<p>", both("Freezing", "静止不动"));
  if (m.digest.quality.head_tracked_s <= 0.0)
    return out + both("Not known: the head was not tracked.", "未知：没有头部追踪数据。") + "</p>\n";
  if (all.empty()) {
    return out +
           both("None: head and hands were never all but still for two seconds.",
                "无：头和手从未同时保持静止达两秒。") +
           "</p>\n";
  }
  const auto together = span_text(m.digest.looking.whole().still_s);
  out += both(fmt::format("{} time{}, {} together:", all.size(), all.size() == 1 ? "" : "s", together),
              fmt::format("共{}次，合计 {}：", all.size(), together));
  out += "</p>\n<p>";
  for (std::size_t i = 0; i < std::min(all.size(), most_stillnesses); ++i) {
    out += fmt::format("<span class=\"key\">{} <span class=\"aside\">{}</span></span>",
                       clock_text(all[i].from_s), span_text(all[i].length_s()));
  }
  if (all.size() > most_stillnesses)
    out += fmt::format("<span class=\"key aside\">+ {}</span>", all.size() - most_stillnesses);
  out += "</p>\n<p class=\"aside\">";
  out += both(
      "Head and hands that are tracked all but still for two seconds or more. Fear freezes; so do rest, and "
      "looking closely.",
      "头部及被追踪的手几乎静止两秒以上。恐惧可致僵住，休息或细看时也会静止。");
  return out + "</p>\n";
}

}  // namespace

std::string looking_section(const Material& m) {
  const auto& looking = m.digest.looking;
  if (looking.whole().seconds <= 0.0) return {};
  const bool phases = std::ranges::any_of(
      looking.parts, [](const auto& part) { return part.kind == LookingPart::Kind::phase; });
  return (phases ? heading("How the patient looked, phase by phase", "各阶段的注视特征")
                 : heading("How the patient looked", "注视特征")) +
         left_out(looking) + parts_table(m) + stillness(m);
}

}  // namespace attune::report
