#version 460
#extension GL_GOOGLE_include_directive : require
#include "colour.glsl"
#include "panels.glsl"

layout(location = 0) in vec2 at;
layout(location = 1) flat in int index;
layout(location = 0) out vec4 stored;

float rounded_box(vec2 p, vec2 half_size, float radius) {
  vec2 q = abs(p) - half_size + radius;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
}

vec4 colour = vec4(0.0);
float softness = 1.0;

// Lays paint over what is there, inside of where `outside_m` is negative.
void paint(vec4 with, float outside_m) {
  float cover = with.a * clamp(0.5 - outside_m / softness, 0.0, 1.0);
  colour.rgb = mix(colour.rgb, with.rgb, cover / max(cover + colour.a * (1.0 - cover), 1e-4));
  colour.a = cover + colour.a * (1.0 - cover);
}

void main() {
  Panel panel = panels[index];
  softness = max(max(length(dFdx(at)), length(dFdy(at))), 1e-5);
  float radius = panel.shape.w > 0.5 ? min(panel.shape.x, panel.shape.y) : panel.shape.z;
  vec2 half_size = panel.shape.w > 0.5 ? vec2(radius) : panel.shape.xy;
  float edge = rounded_box(at, half_size, radius);
  paint(panel.background, edge);
  float line = 0.012 * half_size.y + 0.0015;
  vec4 ink = panel.foreground;

  if (panel.shape.w > 0.5) {
    paint(vec4(ink.rgb, ink.a * 0.9), abs(edge + radius * 0.07) - radius * 0.045);
    if (panel.marks.y > 0.0) {  // a ring that fills clockwise from the top
      float turn = atan(at.x, at.y) / 6.2831853;
      float share = turn < 0.0 ? turn + 1.0 : turn;
      float ring = abs(edge + radius * 0.24) - radius * 0.10;
      float arc = (share - panel.marks.y) * 6.2831853 * radius * 0.76;
      paint(vec4(ink.rgb, ink.a * 0.25), ring);
      paint(ink, max(ring, arc));
    }
  } else {
    paint(vec4(ink.rgb, ink.a * 0.22), abs(edge + line) - line * 0.5);
    float track_y = at.y + panel.marks.w;
    if (panel.marks.x >= 0.0) {
      float half_length = panel.marks.z;
      float thick = max(half_size.y * 0.018, 0.003);
      float handle_x = (panel.marks.x * 2.0 - 1.0) * half_length;
      // Ticks at every tenth, so that a place on the track reads as a number; of a choice one at every option.
      bool chooses = panel.choice.x > 0.0;
      float steps = chooses ? max(panel.choice.x - 1.0, 1.0) : 10.0;
      float step_m = 2.0 * half_length / steps;
      float nearest = clamp(round((at.x + half_length) / step_m), 0.0, steps) * step_m - half_length;
      float tall = chooses || abs(abs(nearest) - half_length) < 1e-4 || abs(nearest) < 1e-4 ? 4.0 : 2.6;
      paint(vec4(ink.rgb, ink.a * 0.45), rounded_box(vec2(at.x - nearest, track_y), vec2(thick * 0.4, thick * tall), 0.0));
      paint(vec4(ink.rgb, ink.a * 0.40), rounded_box(vec2(at.x, track_y), vec2(half_length + thick, thick), thick));
      if (!chooses) {  // an option is no amount
        float filled = (handle_x + half_length) * 0.5;
        paint(vec4(ink.rgb, ink.a * 0.95),
              rounded_box(vec2(at.x + half_length - filled, track_y), vec2(filled + thick, thick), thick));
      }
      float handle = length(vec2(at.x - handle_x, track_y));
      paint(vec4(panel.background.rgb, 1.0), handle - thick * 5.4);
      paint(ink, handle - thick * 4.2);
      if (panel.marks.y > 0.0) {
        float turn = atan(at.x - handle_x, track_y) / 6.2831853;
        float share = turn < 0.0 ? turn + 1.0 : turn;
        float ring = abs(handle - thick * 6.8) - thick * 1.0;
        paint(ink, max(ring, (share - panel.marks.y) * 6.2831853 * thick * 6.8));
      }
    } else if (panel.marks.y > 0.0) {
      float half_length = half_size.x * 0.8, thick = max(half_size.y * 0.02, 0.003);
      vec2 bar = vec2(at.x, at.y + half_size.y * 0.82);
      paint(vec4(ink.rgb, ink.a * 0.25), rounded_box(bar, vec2(half_length, thick), thick));
      float filled = half_length * panel.marks.y;
      paint(ink, rounded_box(bar + vec2(half_length - filled, 0.0), vec2(filled, thick), thick));
    }
  }
  stored = vec4(to_target(scene_from_display(colour.rgb)), colour.a);
}
