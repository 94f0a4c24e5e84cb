#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "frame.glsl"
#include "panels.glsl"

layout(location = 0) out vec2 at;
layout(location = 1) flat out int index;

void main() {
  index = gl_InstanceIndex;
  Panel panel = panels[index];
  vec2 corner = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1) * 2.0 - 1.0;
  at = corner * panel.shape.xy;
  gl_Position = frame.eyes[gl_ViewIndex].clip_from_session * (panel.session_from_panel * vec4(at, 0.0, 1.0));
}
