#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_multiview : require
#include "frame.glsl"
#include "panels.glsl"

layout(location = 0) out vec2 at;
layout(location = 1) flat out vec4 ink;

void main() {
  Glyph glyph = glyphs[gl_InstanceIndex];
  Panel panel = panels[glyph.panel.x];
  vec2 corner = vec2(gl_VertexIndex & 1, gl_VertexIndex >> 1);
  at = mix(glyph.atlas.xy, glyph.atlas.zw, corner);
  ink = panel.foreground;
  vec2 place = mix(glyph.place.xy, glyph.place.zw, corner);
  gl_Position = frame.eyes[gl_ViewIndex].clip_from_session * (panel.session_from_panel * vec4(place, 0.0, 1.0));
}
