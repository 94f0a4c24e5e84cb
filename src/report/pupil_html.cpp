#include "report/pupil_html.hpp"

#include <spdlog/fmt/fmt.h>

#include "report/html.hpp"

namespace attune::report {

namespace {

std::string sentence(std::string_view english, std::string_view chinese) {
  return fmt::format("<p class=\"aside\">{}</p>\n", both(english, chinese));
}

std::string slope_html(const PupilFigures& figures) {
  if (!figures.slope_mm_per_decade)
    return sentence("The light hardly changed, or too little was seen: nothing is taken out for it.",
                    "光照几乎不变或数据不足：未作光照校正。");
  auto out = fmt::format("<p>{}: <strong>{} mm</strong></p>\n",
                         both("Change with ten times the light", "光照增至十倍时的变化"),
                         signed_text(*figures.slope_mm_per_decade));
  if (*figures.slope_mm_per_decade > 0.0)
    out += sentence(
        "More light widens no pupil: something else changed along with it, and what is given below is not "
        "free of the light.",
        "光照增强不会使瞳孔扩大：有其他因素同时变化，下列数值未能排除光照影响。");
  return out;
}

std::string parts_html(const PupilFigures& figures, const Vocabulary& words) {
  std::string rows;
  for (const auto& part : figures.parts) {
    const auto wider_mm = part.wider_mm();
    if (!wider_mm) continue;
    rows += fmt::format("<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
                        part.phase ? both(words.phase(*part.phase)) : both("the whole session", "全程"),
                        clock_text(part.from_s), signed_text(*wider_mm));
  }
  if (rows.empty()) return {};
  return fmt::format(
             "<table><thead><tr><th>{}</th><th class=\"number\">{}</th><th "
             "class=\"number\">{}</th></tr></thead>"
             "<tbody>\n{}</tbody></table>\n",
             both("phase", "阶段"), both("from", "开始"),
             both("wider than the light explains, mean, mm", "光照之外的扩大，平均，毫米"), rows) +
         sentence("Against the two minutes before. Arousal and effort widen a pupil; so do some medicines.",
                  "与之前两分钟相比。唤醒、用力及某些药物会使瞳孔扩大。");
}

}  // namespace

std::string pupil_html(const PupilFigures& figures, const Vocabulary& words) {
  if (!figures.mean_mm) return {};
  auto out = fmt::format("<p>{}: <strong>{:.1f} mm</strong> <span class=\"aside\">{}</span></p>\n",
                         both("Diameter, mean", "平均直径"), *figures.mean_mm,
                         both("as measured: light narrows a pupil", "实测值，光照会使瞳孔缩小"));
  if (figures.lit_s <= 0.0)
    return out +
           sentence(
               "How bright the picture was is not known: what light did to the pupil cannot be told from "
               "the rest.",
               "画面亮度未知：无法区分光照与其他因素的影响。");
  out += fmt::format("<p class=\"aside\">{} {}</p>\n",
                     both("Brightness of the picture known, share of that time:", "其中画面亮度已知的占比："),
                     percent(figures.lit_s / figures.known_s));
  return out + slope_html(figures) + parts_html(figures, words);
}

}  // namespace attune::report
