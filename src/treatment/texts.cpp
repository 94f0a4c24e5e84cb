#include <array>

#include "attune/treatment/controller.hpp"
#include "attune/treatment/governor.hpp"
#include "attune/treatment/machine.hpp"
#include "attune/treatment/phase.hpp"

/// What a therapist reads for every code, English and Chinese, in the order of the enumerations.
namespace attune::treatment {

namespace {

struct Words {
  std::string_view en, zh;
};

template <typename Code, std::size_t N>
std::string_view look_up(const std::array<Words, N>& words, Code code, Language language) {
  const auto index = static_cast<std::size_t>(code);
  if (index >= N) return language == Language::chinese ? "未知" : "unknown";
  return language == Language::chinese ? words[index].zh : words[index].en;
}

constexpr std::array<Words, phase_count> phases{{
    {"waiting to start", "等待开始"},
    {"neutral", "平静期"},
    {"exposure", "暴露期"},
    {"recovery", "恢复期"},
    {"safe place", "安全之地"},
    {"paused in the neutral phase", "平静期已暂停"},
    {"paused in the exposure", "暴露期已暂停"},
    {"paused in the recovery", "恢复期已暂停"},
    {"ended", "已结束"},
}};

constexpr std::array<Words, event_count> events{{
    {"start", "开始"},
    {"pause", "暂停"},
    {"resume", "继续"},
    {"step up", "升一级"},
    {"step down", "降一级"},
    {"hold", "保持"},
    {"skip", "跳过"},
    {"stop", "停止"},
    {"safe place", "前往安全之地"},
    {"raise the ceiling", "提高上限"},
    {"the patient stops", "来访者要求停止"},
    {"time is over", "时间到"},
    {"criterion is met", "达到标准"},
    {"entry is refused", "未达到进入条件"},
    {"ceiling is passed", "超过上限"},
    {"headset is taken off or stops", "头显被摘下或停止"},
    {"session time is over", "总时长已到"},
    {"doubt lasts too long", "不确定状态持续过久"},
    {"raising the ceiling is confirmed", "确认提高上限"},
    {"the therapist's link stays lost", "治疗师连接持续中断"},
    {"the therapist's link is silent", "治疗师连接无消息"},
}};

constexpr std::array<Words, reason_count> reasons{{
    {"no reason", "无"},
    {"the therapist started", "治疗师开始了本次治疗"},
    {"the therapist paused", "治疗师暂停"},
    {"the therapist resumed", "治疗师继续"},
    {"the therapist asked for the next step", "治疗师要求升一级"},
    {"the therapist went back a step", "治疗师要求降一级"},
    {"the therapist holds this step", "治疗师保持当前级别"},
    {"the therapist moved on to the next phase", "治疗师跳到下一阶段"},
    {"the therapist stopped the exposure", "治疗师停止了暴露"},
    {"the therapist brought the patient to the safe place", "治疗师将来访者带到安全之地"},
    {"the therapist raised the ceiling", "治疗师提高了上限"},
    {"the patient asked to stop", "来访者要求停止"},
    {"the baseline has been taken", "基线测量完成"},
    {"the time for the exposure is over", "暴露时间已到"},
    {"the time for the recovery is over", "恢复时间已到"},
    {"what the exposure was to reach is reached", "已达到暴露的目标"},
    {"the patient has calmed down", "来访者已平静下来"},
    {"the patient is too distressed to begin the exposure", "来访者过于痛苦，不宜开始暴露"},
    {"distress stayed above the agreed ceiling", "痛苦程度持续高于约定上限"},
    {"the headset was taken off or stopped; the therapist resumes", "头显被摘下或停止，由治疗师决定何时继续"},
    {"the longest time for a session is reached", "已达到单次治疗的最长时间"},
    {"the pause lasted too long", "暂停时间过长"},
    {"it was unclear for too long whether the patient is well", "长时间无法确认来访者状态是否良好"},
    {"not possible in this phase", "当前阶段不可执行"},
    {"the therapist asks to raise the ceiling; the same again within 10 s does it",
     "治疗师请求提高上限，10 秒内再次下达同一命令即生效"},
    {"the link to the therapist was lost", "与治疗师的连接中断"},
    {"nothing was heard of the therapist; the therapist resumes", "收不到治疗师的消息，由治疗师决定何时继续"},
}};

constexpr std::array<Words, hold_count> hold_words{{
    {"not held", "未限制"},
    {"stopped; waits for a new start by the therapist", "已停止，等待治疗师重新开始"},
    {"unclear for too long whether the patient is well; waits for the therapist",
     "长时间无法确认来访者状态，等待治疗师"},
    {"time jumped", "时间跳变"},
    {"the headset is off", "头显未佩戴"},
    {"the session is not seen, or has no focus on the headset", "头显当前未显示本程序，或焦点不在本程序"},
    {"head tracking is lost", "头部追踪丢失"},
    {"a value is not possible", "出现无效数值"},
    {"the estimate of anxiety is too old", "焦虑估计已过时"},
    {"the treatment model is silent", "治疗模型无响应"},
    {"the patient reported high distress", "来访者报告痛苦程度高"},
    {"the patient reported feeling unwell", "来访者报告身体不适"},
    {"heart rate is above its limit", "心率超过限值"},
    {"two questions were not answered", "连续两个提问未获回答"},
    {"anxiety may be above the ceiling", "焦虑可能超过上限"},
    {"the session has lasted as long as it may", "本次治疗已达最长时间"},
    {"shortly after a stop", "停止后的等待时间内"},
    {"this phase does not raise exposure", "当前阶段不增加暴露强度"},
    {"the eyes have been closed for long", "双眼持续闭合"},
    {"nothing is heard of the therapist, whom this programme needs",
     "收不到治疗师的消息，而本方案需要治疗师在线"},
    {"the headset is on again; waits for the therapist", "头显已重新戴上，等待治疗师继续"},
}};

constexpr std::array<Words, why_count> whys{{
    {"no exposure now", "当前无暴露"},
    {"raising: the patient can take more", "提高强度：来访者可以承受更多"},
    {"holding: this is a good level to learn at", "保持：当前水平有利于学习"},
    {"easing a little", "略微降低强度"},
    {"held by the therapist", "治疗师要求保持"},
    {"staying on this step a little longer", "在当前级别再停留一会儿"},
    {"at the top of the ladder", "已在最高级别"},
    {"lower: the patient reported high distress", "降低：来访者报告痛苦程度高"},
    {"lower: the patient may be near overwhelm", "降低：来访者可能接近承受极限"},
    {"not raising: the estimate is too uncertain", "不提高：估计的不确定性过大"},
    {"set by the therapist", "由治疗师设定"},
    {"practising: this step is not steered", "练习中：此步骤不作调节"},
}};

}  // namespace

std::string_view text(Phase phase, Language language) { return look_up(phases, phase, language); }
std::string_view text(Event event, Language language) { return look_up(events, event, language); }
std::string_view text(Reason reason, Language language) { return look_up(reasons, reason, language); }
std::string_view text(Hold hold, Language language) { return look_up(hold_words, hold, language); }
std::string_view text(Why why, Language language) { return look_up(whys, why, language); }

}  // namespace attune::treatment
