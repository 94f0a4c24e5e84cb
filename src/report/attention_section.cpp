#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <map>

#include "report/html.hpp"
#include "report/plots.hpp"
#include "report/sections.hpp"

/// What was looked at: the map, the areas, the way from one to the next, and whether it was what is to be
/// faced.
namespace attune::report {

namespace {

using attention::AreaRecord;
using telemetry::AoiRole;

constexpr std::size_t most_rows = 16;  ///< of the table of areas
constexpr std::size_t most_ways = 8;   ///< areas in the table of transitions

std::string role_class(AoiRole role) {
  return role == AoiRole::threat ? "threat" : role == AoiRole::calm ? "calm" : "";
}

/// A figure with what it means below it.
std::string figure_row(const std::string& name, const std::string& value, const std::string& meaning) {
  return fmt::format("<tr><td>{}</td><td>{}<span class=\"meaning\">{}</span></td></tr>\n", name, value,
                     meaning);
}

std::string map_figure(const Material& m) {
  const auto& looking = m.digest.looking;
  if (looking.map.total_s() <= 0.0) return {};
  std::string out = "<figure>\n" + gaze_plot(m.digest, m.words) + "<figcaption>";
  if (!looking.by_eye()) {
    out += "There was no eye tracking: the direction of the head stands in for the gaze, which is coarser. ";
  }
  out +=
      "Directions as seen from the patient, straight ahead in the middle. Dashed outlines: the areas of "
      "interest that were looked at longest, as they stood in the middle of their time.";
  if (looking.whole().seconds < 0.99 * m.digest.quality.observed_s) {
    out += " Map, tables and figures count the time in the programme's world with the headset worn, " +
           span_text(looking.whole().seconds) + ".";
  }
  if (m.digest.quality.recentred > 0) {
    out +=
        fmt::format(" The space was recentred {} time{} in between; the map lays the parts over each other.",
                    m.digest.quality.recentred, m.digest.quality.recentred == 1 ? "" : "s");
  }
  return out + "</figcaption>\n</figure>\n";
}

std::string roles_table(const LookingFigures& looking) {
  std::map<AoiRole, double> by_role;
  double on_areas_s = 0.0;
  for (const auto& area : looking.areas.areas()) {
    by_role[area.role] += area.dwell_s;
    on_areas_s += area.dwell_s;
  }
  // Visits go on through blinks, in which the direction is not known.
  const double all_s = std::max(looking.gaze_s, on_areas_s);
  std::string out = fmt::format(
      "<h3>{}</h3>\n<table><thead><tr><th>{}</th><th class=\"number\">{}</th><th class=\"number\">{}</th><th "
      "style=\"width:35%\"></th></tr></thead><tbody>\n",
      both("Time on what, by role", "按类别的注视时间"), both("role", "类别"), both("time", "时间"),
      both("share", "占比"));
  const auto row = [&](const std::string& css, const std::string& name, double seconds) {
    out += fmt::format(
        "<tr class=\"{}\"><td>{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td><td>{}</td></tr>\n",
        css, name, span_text(seconds), percent(seconds / all_s), bar(seconds / all_s, ""));
  };
  for (const auto& [kind, seconds] : by_role) row(role_class(kind), both(role(kind)), seconds);
  row("", both("elsewhere", "其他"), all_s - on_areas_s);
  return out + "</tbody></table>\n";
}

std::string first_fixation(const AreaRecord& area) {
  if (!area.first_fixation) return both("none", "无");
  return fmt::format("{}, {:.0f} ms", clock_text(area.first_fixation->seconds()),
                     1000.0 * area.first_fixation_s);
}

std::string areas_table(const Material& m, const std::vector<AreaRecord>& areas) {
  const auto& looking = m.digest.looking;
  std::string out = fmt::format(
      "<h3>{}</h3>\n<table><thead><tr><th class=\"tall\" style=\"width:28%\">{}</th><th class=\"tall\" "
      "style=\"width:20%\">{}</th>",
      both("Each area", "各兴趣区"), both("area", "区域"), both("role", "类别"));
  const auto column = [&out](std::string_view english, std::string_view chinese) {
    out += fmt::format("<th class=\"number tall\">{}</th>", both(english, chinese));
  };
  column("time", "时间");
  column("looks", "次数");
  column("came back", "返回");
  column("first look", "首次");
  if (looking.by_eye()) column("first fixation", "首次注视");
  out += "</tr></thead><tbody>\n";
  std::size_t shown = 0, never = 0, others = 0;
  double others_s = 0.0;
  for (const auto& area : areas) {
    const bool matters = area.role == AoiRole::threat || area.role == AoiRole::calm;
    if (area.visits == 0 && !matters) {  // that what is feared was never looked at is worth its line
      ++never;
      continue;
    }
    if (shown == most_rows) {
      ++others;
      others_s += area.dwell_s;
      continue;
    }
    ++shown;
    out += fmt::format(
        "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td><td "
        "class=\"number\">{}</td><td class=\"number\">{}</td>",
        both(m.words.area(area.id)), both(role(area.role)), span_text(area.dwell_s), area.visits,
        area.revisits(), area.visits > 0 ? clock_text(area.first_entry.seconds()) : both("never", "从未"));
    if (looking.by_eye()) out += fmt::format("<td class=\"number\">{}</td>", first_fixation(area));
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
  std::string rest;
  if (others > 0) {
    rest += both(fmt::format("{} other areas were looked at for {} together. ", others, span_text(others_s)),
                 fmt::format("另有{}个区域共被注视 {}。", others, span_text(others_s)));
  }
  if (never > 0) {
    rest += both(
        fmt::format("{} more {} never looked at, or only glimpsed. ", never, never == 1 ? "was" : "were"),
        fmt::format("其余{}个从未注视，或仅一瞥。", never));
  }
  if (looking.areas.left_out() > 0) {
    rest += both(fmt::format("{} looks at still more areas are not counted. ", looking.areas.left_out()),
                 fmt::format("对更多区域的{}次注视未计入。", looking.areas.left_out()));
  }
  return rest.empty() ? out : out + fmt::format("<p class=\"aside\">{}</p>\n", rest);
}

/// Which area was looked at next: a row for where the gaze came from, a column for where it went.
std::string transitions_table(const Material& m, std::vector<AreaRecord> areas) {
  const auto& ledger = m.digest.looking.areas;
  std::erase_if(areas, [](const auto& area) { return area.visits == 0; });
  const bool all = areas.size() <= most_ways;
  if (!all) areas.resize(most_ways);
  int most = 0;
  for (const auto& from : areas) {
    for (const auto& to : areas) most = std::max(most, ledger.transitions(from.id, to.id));
  }
  if (most == 0) return {};
  std::string out =
      fmt::format("<h3>{}</h3>\n<table class=\"matrix\"><thead><tr><th>{}</th>",
                  both("From area to area", "视线在区域间的转移"), both("from ↓ to →", "从 ↓ 到 →"));
  for (std::size_t i = 0; i < areas.size(); ++i) out += fmt::format("<th class=\"cell\">{}</th>", i + 1);
  out += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < areas.size(); ++i) {
    out += fmt::format("<tr><td>{} {}</td>", i + 1, both(m.words.area(areas[i].id)));
    for (std::size_t j = 0; j < areas.size(); ++j) {
      const int count = ledger.transitions(areas[i].id, areas[j].id);
      if (count == 0) {
        out += fmt::format("<td class=\"cell\">{}</td>", i == j ? "–" : "");
        continue;
      }
      constexpr double strongest = 0.45;  // darker, and the figure could not be read
      out += fmt::format("<td class=\"cell\" style=\"background:rgba(0,114,178,{:.2f})\">{}</td>",
                         strongest * count / most, count);
    }
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
  auto note = both("How often the look at one area was followed by one at another.",
                   "看完一个区域后接着看另一区域的次数。");
  if (!all) {
    note += fmt::format(" {}", both(fmt::format("The {} areas that were looked at longest.", most_ways),
                                    fmt::format("注视最久的{}个区域。", most_ways)));
  }
  out += fmt::format("<p class=\"aside\">{}</p>\n", note);
  return out;
}

std::string entropy_rows(const LookingFigures& looking) {
  std::string rows;
  if (const auto spread = looking.areas.stationary_entropy()) {
    rows += figure_row(both("Spread over the areas", "注视分布"),
                       fmt::format("{:.2f} {}", *spread, both("of 1", "（最大1）")),
                       both("stationary entropy: 0 one area alone, 1 all areas alike",
                            "静态熵：0 只看一个区域，1 均匀地看所有区域"));
  }
  if (const auto order = looking.areas.transition_entropy()) {
    rows += figure_row(both("Freedom of the way", "转移随机性"),
                       fmt::format("{:.2f} {}", *order, both("of 1", "（最大1）")),
                       both("transition entropy: 0 always the same way round, 1 any area next",
                            "转移熵：0 总按同样的路线，1 下一处无法预料"));
  }
  return rows;
}

std::string bias_row(const LookingFigures& looking) {
  const auto bias = looking.areas.threat_bias();
  if (!bias) return {};
  const Words meaning = *bias > 0.0 ? Words{"above 0: looked at what is feared for longer than at what calms",
                                            "大于0：看令人恐惧之物的时间更长"}
                        : *bias < 0.0
                            ? Words{"below 0: looked at what calms for longer than at what is feared",
                                    "小于0：看令人平静之物的时间更长，回避威胁"}
                            : Words{"0: looked at both alike", "0：两者相当"};
  return figure_row(both("Bias toward threat", "威胁偏向"), signed_text(*bias),
                    both(meaning.en + " (−1 calming alone, +1 feared alone)",
                         meaning.zh + "（−1 仅看平静之物，+1 仅看恐惧之物）"));
}

std::string facing(const Material& m) {
  const auto& looking = m.digest.looking;
  std::string out;
  std::string rows;
  if (const auto share = looking.whole().engaged()) {
    out += "<figure>\n" + engagement_plot(m.digest, m.words) + "<figcaption>";
    out += "<span class=\"key\"><i class=\"k-on-target\"></i>" + both("on target", "看向目标") + "</span>";
    out += "<span class=\"key\"><i class=\"k-off-target\"></i>" + both("elsewhere", "看向别处") + "</span>";
    if (!looking.stillnesses.empty()) {
      out += "<span class=\"key\"><i class=\"k-still\"></i>" + both("head and hands still", "头手静止") +
             "</span>";
    }
    out += "<br/>";
    out += both(
        "In percent of the quarters of a second in which it is known. Targets are what is feared, people, "
        "and tasks. Where nothing is drawn, the gaze was lost or another place was shown.",
        "占已知的四分之一秒的百分比。目标包括令人恐惧之物、人物和任务。空白处视线丢失或处于其他场所。");
    out += "</figcaption>\n</figure>\n";
    rows += figure_row(
        both("Engagement", "投入程度"), percent(*share) + " " + both("on target", "看向目标"),
        both(fmt::format("of {} observations, a quarter of a second each", looking.whole().observations),
             fmt::format("共{}次观察，每次四分之一秒", looking.whole().observations)));
  }
  rows += bias_row(looking);
  if (rows.empty()) return {};
  return fmt::format("<h3>{}</h3>\n", both("Facing and avoiding", "面对与回避")) + out +
         "<table class=\"labelled\"><tbody>\n" + rows + "</tbody></table>\n";
}

}  // namespace

std::string attention_section(const Material& m) {
  const auto& looking = m.digest.looking;
  const bool known = looking.gaze_s > 0.0;
  std::string out = looking.by_eye() || !known ? heading("Where the eyes went", "视线去向")
                                               : heading("Where the head pointed", "头部朝向");
  if (!known) {
    const auto& quality = m.digest.quality;
    const bool had_gaze = quality.eye_gaze_s + quality.head_gaze_s > 0.0;
    return out + "<p>" +
           (had_gaze ? both("Not counted: nothing of the programme's world was shown, only the calm garden.",
                            "未统计：只呈现了安静的花园，没有呈现方案的场景。")
                     : both("Not known: neither eyes nor head gave a direction.",
                            "未知：没有眼动或头部方向数据。")) +
           "</p>\n";
  }
  out += map_figure(m);
  const auto areas = looking.longest_first();
  if (areas.empty()) return out;
  out += roles_table(looking) + facing(m) + areas_table(m, areas) + transitions_table(m, areas);
  const auto entropies = entropy_rows(looking);
  if (!entropies.empty()) out += "<table class=\"labelled\"><tbody>\n" + entropies + "</tbody></table>\n";
  return out;
}

}  // namespace attune::report
