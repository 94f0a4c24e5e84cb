#include "xr_replay/api.hpp"
#include "xr_replay/layers.hpp"

namespace attune::xr_replay::api {
namespace {

XrResult not_running(Call& call) {
  return call.fail(XR_ERROR_SESSION_NOT_RUNNING, "the session is not running");
}

}  // namespace

XrResult XRAPI_CALL WaitFrame(XrSession handle, const XrFrameWaitInfo* frameWaitInfo,
                              XrFrameState* frameState) {
  return enter<Session>("xrWaitFrame", handle, [&](Session& session, Call& call) {
    if (!is_or_null(frameWaitInfo, XR_TYPE_FRAME_WAIT_INFO) || !is(frameState, XR_TYPE_FRAME_STATE)) {
      return call.invalid("frameWaitInfo is mistyped, or frameState is null or mistyped");
    }
    if (!session.running()) return not_running(call);
    Instance& instance = call.instance();
    const auto over = [&] { return !session.running() || session.destroyed(); };

    // One frame at a time: the one before must have begun (OpenXR 1.0, 9.4).
    instance.changed.wait(call.lock(), [&] { return over() || (!session.waited && !session.waiting); });
    if (over()) return not_running(call);
    session.waiting = true;
    const XrTime display_time = session.next_display_time();
    instance.clock.wait_until(session.start_of(display_time), call.lock(), instance.changed, over);
    session.waiting = false;
    instance.changed.notify_all();
    if (over()) return not_running(call);

    session.show_at(display_time);
    session.waited = true;
    frameState->predictedDisplayTime = display_time;
    frameState->predictedDisplayPeriod = session.period();
    const bool seen =
        session.state() == XR_SESSION_STATE_VISIBLE || session.state() == XR_SESSION_STATE_FOCUSED;
    frameState->shouldRender = seen ? XR_TRUE : XR_FALSE;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL BeginFrame(XrSession handle, const XrFrameBeginInfo* frameBeginInfo) {
  return enter<Session>("xrBeginFrame", handle, [&](Session& session, Call& call) {
    if (!is_or_null(frameBeginInfo, XR_TYPE_FRAME_BEGIN_INFO))
      return call.invalid("frameBeginInfo is mistyped");
    if (!session.running()) return not_running(call);
    if (!session.waited) return call.fail(XR_ERROR_CALL_ORDER_INVALID, "xrWaitFrame gave no frame to begin");
    session.waited = false;
    call.instance().changed.notify_all();
    if (session.begun) {
      ++session.figures.discarded;
      return XR_FRAME_DISCARDED;
    }
    session.begun = true;
    return XR_SUCCESS;
  });
}

XrResult XRAPI_CALL EndFrame(XrSession handle, const XrFrameEndInfo* frameEndInfo) {
  return enter<Session>("xrEndFrame", handle, [&](Session& session, Call& call) {
    if (!is(frameEndInfo, XR_TYPE_FRAME_END_INFO)) return call.invalid("frameEndInfo is null or mistyped");
    if (!session.running()) return not_running(call);
    if (!session.begun) return call.fail(XR_ERROR_CALL_ORDER_INVALID, "no frame was begun");
    if (frameEndInfo->displayTime <= 0)
      return call.fail(XR_ERROR_TIME_INVALID, "displayTime is not positive");
    switch (frameEndInfo->environmentBlendMode) {
      case XR_ENVIRONMENT_BLEND_MODE_OPAQUE:
        break;
      case XR_ENVIRONMENT_BLEND_MODE_ADDITIVE:
      case XR_ENVIRONMENT_BLEND_MODE_ALPHA_BLEND:
        return call.fail(XR_ERROR_ENVIRONMENT_BLEND_MODE_UNSUPPORTED, "the headset is opaque");
      default:
        return call.invalid("environmentBlendMode is unknown");
    }
    if (const XrResult bad = check_layers(*frameEndInfo, session, call); XR_FAILED(bad)) return bad;
    session.begun = false;
    ++session.figures.ended;
    if (frameEndInfo->layerCount > 0) ++session.figures.with_layers;
    session.frame_taken();
    return XR_SUCCESS;
  });
}

}  // namespace attune::xr_replay::api
