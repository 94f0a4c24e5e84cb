#include "attune/report/report.hpp"

#include <spdlog/fmt/fmt.h>

#include "report/body_section.hpp"
#include "report/digest.hpp"
#include "report/html.hpp"
#include "report/sections.hpp"
#include "report/style.hpp"

namespace attune::report {

core::Result<std::string> write_html(const record::Recording& recording, const ReportOptions& options) {
  const auto boiled = digest(recording);
  if (!boiled) return boiled.error();
  const Vocabulary words(recording.meta());
  const Material material{recording, *boiled, words};
  const auto shown = shown_section(material, options.pictures);
  if (!shown) return shown.error();
  const auto body = body_section(recording);
  if (!body) return body.error();

  std::string page =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
  page += fmt::format("<title>Session report: {}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
                      escaped(words.title().en), style);
  page += title_section(material);
  page += glance_section(material);
  page += course_section(material);
  page += exposure_section(material);
  page += practice_section(material);
  page += answers_section(material);
  page += next_section(material);
  page += vitals_section(material);
  page += attention_section(material);
  page += *body;
  page += looking_section(material);
  page += reasons_section(material);
  page += *shown;
  page += events_section(material);
  page += quality_section(material);
  page += versions_section(material);
  page += fmt::format(
      "<footer><p>{}</p></footer>\n</main>\n</body>\n</html>\n",
      both("Attune is not a medical device. It is an adjunct to a clinician, who alone judges what this "
           "session means and what comes next.",
           "Attune 不是医疗器械，仅为临床工作者的辅助工具；本次治疗的意义及后续安排由临床工作者判断。"));
  return page;
}

}  // namespace attune::report
