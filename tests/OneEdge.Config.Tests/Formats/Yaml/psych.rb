# Reads one base64 text a line, answers one line each: what Psych makes of it, every value with its kind, or "E <message>".
require 'yaml'

def dump(value)
  case value
  when nil then 'n'
  when true then 't'
  when false then 'f'
  when Integer then "i#{value}"
  when Float then value.nan? ? 'dnan' : "d#{[value].pack('G').unpack1('H*')}"
  when String then "s#{value.b.unpack1('H*')}"
  when Symbol then "y#{value.to_s.b.unpack1('H*')}"
  when Array then "[#{value.map { |v| dump(v) }.join(' ')}]"
  when Hash then "{#{value.map { |k, v| "#{dump(k)}=#{dump(v)}" }.join(' ')}}"
  else "E #{value.class}"
  end
end

$stdout.sync = true
$stdin.each_line do |line|
  begin
    text = line.unpack1('m').force_encoding('UTF-8')
    puts dump(YAML.safe_load(text, permitted_classes: [Symbol], aliases: true))
  rescue Exception => e
    puts "E #{e.class} #{e.message.gsub("\n", ' ')}"
  end
end
