#include <spdlog/fmt/fmt.h>

#include "report/html.hpp"
#include "report/sections.hpp"

namespace attune::report {

namespace {

std::string cell(const std::optional<double>& value, int digits) {
  return value ? fmt::format("{:.{}f}", *value, digits) : "–";
}

/// A figure with what it means for this person below it.
std::string cell(const OwnMean& mean, int digits) {
  const auto own = mean.own.value();
  return fmt::format("<td class=\"number\">{}{}</td>", cell(mean.plain.value(), digits),
                     own ? fmt::format("<span class=\"meaning\">{}</span>", signed_text(*own)) : "");
}

std::string row(const VitalsPart& part, const Vocabulary& words) {
  const auto warming = part.warming_c_per_min.value();
  return fmt::format("<tr><td>{}</td><td class=\"number\">{}</td>{}{}{}<td class=\"number\">{}</td></tr>\n",
                     part.phase ? both(words.phase(*part.phase)) : both("the whole session", "全程"),
                     clock_text(part.from_s), cell(part.heart_rate_bpm, 0), cell(part.breaths_per_min, 1),
                     cell(part.skin_conductance_us, 2), warming ? signed_text(*warming) : "–");
}

std::string guide_html(const GuideFigures& guide) {
  if (guide.shown_s <= 0.0) return {};
  std::string out = "<h3>" + both("Breathing with the guide", "跟随呼吸引导") + "</h3>\n";
  if (guide.coherence)
    out += fmt::format(
        "<p>{}: <strong>{:.2f}</strong> <span class=\"aside\">{}</span></p>\n",
        both("Coherence, mean", "平均一致性"), *guide.coherence,
        both("1: breathing keeps the guide's pace, with whatever lag; 0: it has nothing to do with it",
             "1 表示与引导节奏一致（不计滞后），0 表示无关"));
  else
    out += fmt::format("<p class=\"aside\">{}</p>\n",
                       both("How closely breathing followed is not known: that takes half a minute of the "
                            "guide and a sensor that tells where "
                            "in a breath somebody is.",
                            "无法得知跟随程度：需要至少半分钟的引导及能反映呼吸相位的传感器。"));
  if (guide.breaths_per_min && guide.guide_breaths_per_min)
    out += fmt::format("<p>{}: {:.1f}, {}: {:.1f}</p>\n",
                       both("Breaths a minute while it was shown", "引导期间每分钟呼吸次数"),
                       *guide.breaths_per_min, both("the guide's", "引导节奏"), *guide.guide_breaths_per_min);
  return out;
}

}  // namespace

std::string vitals_section(const Material& m) {
  const auto& digest = m.digest;
  std::string rows;
  for (const auto& part : digest.vitals) {
    if (part.known()) rows += row(part, m.words);
  }
  const auto guide = guide_html(digest.guide);
  if (rows.empty() && guide.empty()) return {};
  auto out = heading("Heart, breath and skin", "心率、呼吸与皮肤");
  if (!rows.empty()) {
    std::string heads;
    for (const auto& head :
         {both("from", "开始"), both("heart rate, a minute", "心率，次/分"),
          both("breaths a minute", "呼吸，次/分"), both("skin conductance, µS", "皮肤电导，µS"),
          both("warming of the skin, °C a minute", "皮肤温度变化，°C/分")})
      heads += "<th class=\"number tall\">" + head + "</th>";
    out += fmt::format(
        "<table><thead><tr><th style=\"width:25%\">{}</th>{}</tr></thead>\n<tbody>\n{}</tbody></table>\n"
        "<p class=\"aside\">{}</p>\n",
        both("phase", "阶段"), heads, rows,
        both("Below a mean: deviations from what was usual for this person so far in this session, not known "
             "in "
             "the first minute. Heart and skin are not yet reliable against self-report.",
             "均值下方：与本次治疗中此前自身水平相比的标准差，首分钟未知。心率与皮肤指标尚不如自我报告可靠"
             "。"));
  }
  return out + guide;
}

}  // namespace attune::report
