#include "report/words.hpp"

#include "attune/state/features.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/phase.hpp"
#include "report/html.hpp"
#include "report/said_words.hpp"

namespace attune::report {

namespace {

using treatment::Language;

/// A recorded name; the other language beside it where it is the build's own name of the same thing.
Words beside(std::string_view recorded, const Words& ours) {
  if (recorded.empty()) return ours;
  if (recorded == ours.en || recorded == ours.zh) return ours;
  return {std::string(recorded), {}};
}

/// What a programme of each kind is for.
struct Aim {
  std::string_view kind, en, zh;
};
constexpr Aim aims[] = {
    {"exposure",
     "Graded exposure: to stay with moderate fear, step by step, and to learn what really happens.",
     "分级暴露：循序渐进地与适度的恐惧共处，并了解真正会发生什么。"},
    {"breathing", "Paced breathing at the rate at which heart and breath swing together most.",
     "以心率与呼吸共振最强的频率进行节律呼吸。"},
    {"cbt", "To catch a thought, weigh it, test it, and see how true it is held to be afterwards.",
     "捕捉一个想法，权衡并检验它，再看事后有多相信它。"},
    {"attention", "To train the eyes to stay with what is calm.", "训练目光停留在平静之物上。"},
    {"measure", "To measure where attention goes. It trains nothing.", "测量注意的偏向，不作训练。"},
    {"mindfulness", "To notice what is there, without having to change it.", "觉察当下，而不必改变它。"},
    {"safe-place", "To have a place of calm, and a word that leads there.",
     "建立一个安宁之地，以及通往那里的词语。"},
    {"work", "To notice strain at work early, and to take a break that helps.",
     "及早察觉工作中的紧张，并好好休息一下。"},
};

template <typename Code>
Words text_of(Code code) {
  return {std::string(treatment::text(code, Language::english)),
          std::string(treatment::text(code, Language::chinese))};
}

/// Chinese for the names that our worlds give their areas; a recording holds the English ones.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> area_names{
    {{"the drop", "边缘外的落差"},
     {"gap in the railing", "栏杆缺口"},
     {"railing", "栏杆"},
     {"roof garden", "屋顶花园"},
     {"terrace floor", "露台地面"},
     {"skyline", "天际线"},
     {"pond", "池塘"},
     {"great tree", "大树"},
     {"flower beds", "花坛"},
     {"garden path", "花园小径"},
     {"cherry in bloom", "盛开的樱花树"},
     {"bench", "长椅"},
     {"hedge", "树篱"},
     {"prompt panel", "提示面板"},
     {"question panel", "提问面板"},
     {"stop mark", "停止标志"},
     {"breathing guide", "呼吸引导"},
     {"led gaze", "引导视线处"}}};

/// Both languages of the code that reads like this in one of them.
template <typename Code>
std::optional<Words> text_of_any(std::string_view words, int count) {
  for (int i = 0; i < count; ++i) {
    auto text = text_of(static_cast<Code>(i));
    if (words == text.en || words == text.zh) return text;
  }
  return std::nullopt;
}

/// The same for the words of programmes that expose to nothing.
template <typename Code>
std::optional<Words> practice_of_any(std::string_view words, int count) {
  constexpr auto practice = treatment::Middle::practice;
  for (int i = 0; i < count; ++i) {
    const auto en = treatment::text(static_cast<Code>(i), practice, Language::english);
    const auto zh = treatment::text(static_cast<Code>(i), practice, Language::chinese);
    if (words == en || words == zh) return Words{std::string(en), std::string(zh)};
  }
  return std::nullopt;
}

}  // namespace

Vocabulary::Vocabulary(const record::Meta& meta) : meta_(meta) {
  if (meta.program_text.empty()) return;
  if (auto programme = treatment::Programme::parse(meta.program_text, meta.program_id); programme) {
    programme_ = std::move(*programme);
  }
}

Words Vocabulary::title() const {
  if (programme_) return programme_->title;
  if (!meta_.program_id.empty()) return {meta_.program_id, {}};
  return {"A recording without a programme", "无方案的记录"};
}

Words Vocabulary::aim() const {
  if (!programme_) return {"None: nothing was prescribed.", "无：没有治疗方案。"};
  for (const auto& aim : aims) {
    if (aim.kind == programme_->kind) return {std::string(aim.en), std::string(aim.zh)};
  }
  return {"A session of the kind '" + programme_->kind + "'.", {}};
}

Words Vocabulary::phase(std::uint16_t id) const {
  const auto recorded = meta_.phases.find(id);
  if (auto practice = practice_of_any<treatment::Phase>(recorded, treatment::phase_count)) return *practice;
  if (id < treatment::phase_count) return beside(recorded, text_of(static_cast<treatment::Phase>(id)));
  return beside(recorded, {"phase " + std::to_string(id), {}});
}

Words Vocabulary::step(std::uint16_t index) const {
  if (programme_ && index < programme_->ladder.size()) return programme_->ladder[index].title;
  return {"step " + std::to_string(index + 1), "第" + std::to_string(index + 1) + "级"};
}

Words Vocabulary::area(std::uint16_t id) const {
  const auto recorded = meta_.aois.find(id);
  if (recorded.empty()) return {"area " + std::to_string(id), "区域" + std::to_string(id)};
  for (const auto& [english, chinese] : area_names) {
    if (recorded == english) return {std::string(english), std::string(chinese)};
  }
  return {std::string(recorded), {}};
}

Words Vocabulary::feature(std::uint16_t id) const {
  const auto recorded = meta_.features.find(id);
  if (id < state::feature_count) {
    const auto& feature = state::feature_table[id];
    return beside(recorded, {std::string(feature.words_en), std::string(feature.words_zh)});
  }
  return beside(recorded, {"feature " + std::to_string(id), {}});
}

Words Vocabulary::translated(std::string_view words) const {
  const auto is = [words](const Words& text) { return words == text.en || words == text.zh; };
  if (programme_) {
    if (is(programme_->title)) return programme_->title;
    for (const auto& prompt : programme_->prompts) {
      if (is(prompt.text)) return prompt.text;
    }
    for (const auto& step : programme_->ladder) {
      if (is(step.title)) return step.title;
    }
  }
  if (auto code = text_of_any<treatment::Hold>(words, treatment::hold_count)) return *code;
  if (auto code = text_of_any<treatment::Phase>(words, treatment::phase_count)) return *code;
  if (auto code = text_of_any<treatment::Reason>(words, treatment::reason_count)) return *code;
  if (auto code = text_of_any<treatment::Event>(words, treatment::event_count)) return *code;
  if (auto code = practice_of_any<treatment::Phase>(words, treatment::phase_count)) return *code;
  if (auto code = practice_of_any<treatment::Reason>(words, treatment::reason_count)) return *code;
  if (auto sentence = said_words(words)) return *sentence;
  // "exposure: the baseline has been taken": what was entered, and why.
  if (const auto colon = words.find(": "); colon != std::string_view::npos) {
    const auto what = translated(words.substr(0, colon)), why = translated(words.substr(colon + 2));
    if (!what.zh.empty() && !why.zh.empty()) return {what.en + ": " + why.en, what.zh + "：" + why.zh};
  }
  return {std::string(words), {}};
}

std::string both(const Words& words) { return both(words.en, words.zh); }

Words who(const record::Meta& meta) {
  switch (meta.source) {
    case record::SourceKind::virtual_patient:
      return {"A virtual patient, made by the simulator. Nobody was treated.",
              "模拟器生成的虚拟来访者，没有真人接受治疗。"};
    case record::SourceKind::import:
      return {
          "A person's recording from a data set, played as the headset. This person saw another scene and "
          "could not "
          "respond to this one.",
          "数据集中真人的记录，作为头显输入回放。此人当时看到的是另一个场景，无法对本场景作出反应。"};
    case record::SourceKind::person:
      break;
  }
  return {"A person under the headset.", "佩戴头显的真人。"};
}

Words role(telemetry::AoiRole role) {
  switch (role) {
    case telemetry::AoiRole::threat:
      return {"feared", "令人恐惧"};
    case telemetry::AoiRole::calm:
      return {"calming", "令人平静"};
    case telemetry::AoiRole::social:
      return {"people", "人物"};
    case telemetry::AoiRole::task:
      return {"task", "任务"};
    case telemetry::AoiRole::neutral:
      break;
  }
  return {"neutral", "中性"};
}

Words event_kind(record::EventKind kind) {
  switch (kind) {
    case record::EventKind::note:
      return {"note", "备注"};
    case record::EventKind::session_started:
      return {"session started", "治疗开始"};
    case record::EventKind::session_ended:
      return {"session ended", "治疗结束"};
    case record::EventKind::phase_entered:
      return {"phase", "阶段"};
    case record::EventKind::step_entered:
      return {"step", "级别"};
    case record::EventKind::prompt_shown:
      return {"prompt", "提示语"};
    case record::EventKind::question_asked:
      return {"question", "提问"};
    case record::EventKind::question_answered:
      return {"answer", "回答"};
    case record::EventKind::command:
      return {"command", "指令"};
    case record::EventKind::stopped:
      return {"stop", "停止"};
    case record::EventKind::held:
      return {"held", "保持"};
    case record::EventKind::headset:
      return {"headset", "头显"};
    case record::EventKind::sensor:
      return {"sensor", "传感器"};
    case record::EventKind::picture:
      return {"picture", "截图"};
    case record::EventKind::stimulus_shown:
      return {"shown", "呈现"};
    case record::EventKind::frames_lost:
      return {"samples lost", "数据丢失"};
    case record::EventKind::problem:
      return {"problem", "问题"};
    case record::EventKind::clock:
      return {"sensor clock", "传感器时钟"};
    case record::EventKind::step_left:
      return {"step left", "离开级别"};
    case record::EventKind::practice:
      return {"practice", "练习"};
  }
  return {"event", "事件"};
}

Words report_kind(telemetry::ReportKind kind) {
  switch (kind) {
    case telemetry::ReportKind::suds:
      return {"distress (SUDS 0–100)", "痛苦程度"};
    case telemetry::ReportKind::comfort:
      return {"comfort (0–10)", "舒适度"};
    case telemetry::ReportKind::expectancy:
      return {"expectancy (0–100 %)", "预期可能性"};
    case telemetry::ReportKind::belief:
      return {"belief in the thought (0–100 %)", "对想法的相信程度"};
    case telemetry::ReportKind::urge:
      return {"urge (0–100)", "冲动程度"};
    case telemetry::ReportKind::choice:
      return {"choice (number of the option)", "选择（选项序号）"};
    case telemetry::ReportKind::none:
      break;
  }
  return {"answer", "回答"};
}

Words inference(record::Inference inference) {
  switch (inference) {
    case record::Inference::off:
      return {"off: self-reports alone", "关闭：仅依据自我报告"};
    case record::Inference::folded:
      return {"networks, folded kernel", "神经网络（内置内核）"};
    case record::Inference::torch:
      return {"networks, LibTorch", "神经网络（LibTorch）"};
    case record::Inference::none:
      break;
  }
  return {"nothing was decided", "未作决策"};
}

int phase_tint(std::uint16_t phase) {
  if (phase >= treatment::phase_count) return 3;
  switch (treatment::unpaused(static_cast<treatment::Phase>(phase))) {
    case treatment::Phase::neutral:
      return 0;
    case treatment::Phase::exposure:
      return 1;
    case treatment::Phase::recovery:
      return 2;
    default:
      return 3;
  }
}

}  // namespace attune::report
