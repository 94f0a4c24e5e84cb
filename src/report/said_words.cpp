#include "report/said_words.hpp"

namespace attune::report {

namespace {

struct Sentence {
  std::string_view en, zh;
};

constexpr Sentence sentences[] = {
    // the headset
    {"the headset is running", "头显已运行"},
    {"the headset stopped asking for pictures", "头显不再请求画面"},
    {"the scene is visible", "场景可见"},
    {"the scene is not visible", "场景不可见"},
    {"the session has the patient's input", "疗程已接收来访者的输入"},
    {"the session lost the patient's input", "疗程失去来访者的输入"},
    {"the patient was recentred", "已重新居中"},
    {"a controller was taken up, put down or changed", "手柄被拿起、放下或更换"},
    {"the headset was taken off", "头显已取下"},
    {"the headset was put on", "头显已戴上"},
    {"the runtime is about to lose the headset", "运行时即将失去头显"},
    {"the runtime ended the session", "运行时结束了疗程"},
    {"the OpenXR runtime is about to go away", "OpenXR 运行时即将退出"},
    {"the runtime wants no pictures: nothing of the scene is seen", "运行时不需要画面：看不到场景"},
    {"the runtime wants pictures again", "运行时重新需要画面"},
    {"no frame for half a second or more", "半秒以上没有画面"},
    {"the eye tracker gives nothing; the head's direction stands in for the gaze",
     "眼动仪没有数据；以头部方向代替视线"},
    {"the eye tracker gives the gaze", "眼动仪给出视线"},
    // why a step was left
    {"as the patient can take it", "根据来访者的承受能力调整级别"},
    {"a step down: the patient reported high distress", "退回一级：来访者报告痛苦程度高"},
    {"what this step is for has been reached", "已达到本级目标"},
    {"the time for this step is over", "本级时间已到"},
    // why a session ended
    {"the programme is over", "方案已完成"},
    {"the time that was set is over", "设定的时间已到"},
};

/// What is rated, as it is said beside a question.
constexpr Sentence ratings[] = {
    {"distress (SUDS 0-100)", "痛苦程度（SUDS 0–100）"},
    {"comfort (0-10)", "舒适度（0–10）"},
    {"expectancy (0-100 %)", "预期可能性（0–100%）"},
    {"belief in the thought (0-100 %)", "对想法的相信程度（0–100%）"},
    {"urge (0-100)", "冲动程度（0–100）"},
    {"choice (number of the option)", "选择（选项序号）"},
};

template <std::size_t N>
const Sentence* find(const Sentence (&among)[N], std::string_view words) {
  for (const auto& one : among) {
    if (words == one.en || words == one.zh) return &one;
  }
  return nullptr;
}

/// "asked: RATING" and "answered: NUMBER, RATING".
std::optional<Words> of_question(std::string_view words) {
  constexpr std::string_view asked = "asked: ", answered = "answered: ";
  if (words.starts_with(asked)) {
    const auto* rating = find(ratings, words.substr(asked.size()));
    if (rating != nullptr) return Words{std::string(words), "提问：" + std::string(rating->zh)};
  }
  const auto comma = words.find(", ");
  if (!words.starts_with(answered) || comma == std::string_view::npos) return std::nullopt;
  const auto* rating = find(ratings, words.substr(comma + 2));
  if (rating == nullptr) return std::nullopt;
  const auto number = words.substr(answered.size(), comma - answered.size());
  return Words{std::string(words), "回答：" + std::string(number) + "，" + std::string(rating->zh)};
}

}  // namespace

std::optional<Words> said_words(std::string_view words) {
  constexpr std::string_view feared = "feared outcome: ";
  if (words.starts_with(feared))
    return Words{std::string(words), "担心的结果：" + std::string(words.substr(feared.size()))};
  if (const auto* sentence = find(sentences, words))
    return Words{std::string(sentence->en), std::string(sentence->zh)};
  return of_question(words);
}

}  // namespace attune::report
