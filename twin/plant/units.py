"""Engineering units a layout may use, with their codes of UNECE Recommendation 20 and what OPC UA makes of them.

Part 8 (OPC 10000-8, 5.6.4) numbers a unit by the characters of its common code: `MTR` is 0x4D5452. Codes and names are
those of the OPC Foundation's extract of the recommendation (UNECE_to_OPCUA). A unit that the recommendation lacks is
identified in this product's own namespace. Not here: converting between units; nothing in the product does.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

UNECE_URI = "http://www.opcfoundation.org/UA/units/un/cefact"
OWN_URI = "urn:factory-twin:units"

# text in layouts | common code | name | what the recommendation writes, where that differs
_RECOMMENDATION_20 = """
# lengths, areas, volumes, angles
m | MTR | metre
km | KMT | kilometre
cm | CMT | centimetre
mm | MMT | millimetre
µm | 4H | micrometre
nm | C45 | nanometre
m² | MTK | square metre
cm² | CMK | square centimetre
mm² | MMK | square millimetre
m³ | MTQ | cubic metre
cm³ | CMQ | cubic centimetre
mm³ | MMQ | cubic millimetre
L | LTR | litre | l
mL | MLT | millilitre | ml
µL | 4G | microlitre | µl
° | DD | degree
rad | C81 | radian
in | INH | inch
ft | FOT | foot
# time, frequency, motion
s | SEC | second
ms | C26 | millisecond
µs | B98 | microsecond
min | MIN | minute
h | HUR | hour
d | DAY | day
a | ANN | year | y
Hz | HTZ | hertz
kHz | KHZ | kilohertz
MHz | MHZ | megahertz
1/s | C97 | reciprocal second | s⁻¹
1/min | C94 | reciprocal minute | min⁻¹
1/h | H10 | reciprocal hour
r/min | RPM | revolutions per minute
m/s | MTS | metre per second
m/min | 2X | metre per minute
mm/s | C16 | millimetre per second
mm/min | H81 | millimetre per minute
km/h | KMH | kilometre per hour
m/s² | MSK | metre per second squared
°/s | E96 | degree per second
rad/s | 2A | radian per second
# mass, density, force, pressure, viscosity
kg | KGM | kilogram
g | GRM | gram
mg | MGM | milligram
µg | MC | microgram
t | TNE | tonne
lb | LBR | pound
kg/m³ | KMQ | kilogram per cubic metre
g/cm³ | 23 | gram per cubic centimetre
g/m² | GM | gram per square metre
N | NEW | newton
kN | B47 | kilonewton
mN | C20 | millinewton
N·m | NU | newton metre
mN·m | D83 | millinewton metre
kN·m | B48 | kilonewton metre
N/mm | F47 | newton per millimetre
Pa | PAL | pascal
hPa | A97 | hectopascal
kPa | KPA | kilopascal
MPa | MPA | megapascal
bar | BAR | bar
mbar | MBR | millibar
psi | PS | pound-force per square inch | lbf/in²
Pa·s | C65 | pascal second
mPa·s | C24 | millipascal second
# flow
g/s | F29 | gram per second
g/min | F28 | gram per minute
g/h | F27 | gram per hour
kg/s | KGS | kilogram per second
kg/min | F31 | kilogram per minute
kg/h | E93 | kilogram per hour
L/s | G51 | litre per second | l/s
L/min | L2 | litre per minute | l/min
L/h | E32 | litre per hour | l/h
mL/min | 41 | millilitre per minute | ml/min
m³/s | MQS | cubic metre per second
m³/min | G53 | cubic metre per minute
m³/h | MQH | cubic metre per hour
mbar·L/s | F95 | millibar litre per second | mbar·l/s
Pa·m³/s | G01 | pascal cubic metre per second
# energy, power, electricity
J | JOU | joule
kJ | KJO | kilojoule
MJ | 3B | megajoule
W·h | WHR | watt hour
kW·h | KWH | kilowatt hour
MW·h | MWH | megawatt hour
W | WTT | watt
kW | KWT | kilowatt
MW | MAW | megawatt
V·A | D46 | volt - ampere
kV·A | KVA | kilovolt - ampere
var | D44 | var
kvar | KVR | kilovar
A | AMP | ampere
mA | 4K | milliampere
µA | B84 | microampere
kA | B22 | kiloampere
V | VLT | volt
mV | 2Z | millivolt
kV | KVT | kilovolt
Ω | OHM | ohm | Ω
mΩ | E45 | milliohm | mΩ
kΩ | B49 | kiloohm | kΩ
MΩ | B75 | megaohm | MΩ
µF | 4O | microfarad
nF | C41 | nanofarad
mH | C14 | millihenry
mS/cm | H61 | millisiemens per centimetre
µS/cm | G42 | microsiemens per centimetre
# temperature, light, sound, chemistry
°C | CEL | degree Celsius
K | KEL | kelvin
°F | FAH | degree Fahrenheit
lx | LUX | lux
lm | LUM | lumen
cd | CDL | candela
dB | 2N | decibel
pH | Q30 | pH
# shares and counts
% | P1 | percent
‰ | NX | part per thousand
ppm | 59 | part per million
ppb | 61 | part per billion
1 | C62 | one
pcs | H87 | piece | piece
"""

_OTHERS = {
    "g/a": "gram per year",
    "dB(A)": "decibel, A-weighted",
    "%LEL": "percent of the lower explosive limit",
    "%RH": "percent relative humidity",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One engineering unit.

    Attributes:
        text: how layouts and screens write it.
        code: UNECE common code; empty where Recommendation 20 has none.
        name: in words.
        symbol: how the recommendation writes it.
    """

    text: str
    code: str
    name: str
    symbol: str

    @property
    def uri(self) -> str:
        """Who defines `number`."""
        return UNECE_URI if self.code else OWN_URI

    @property
    def number(self) -> int:
        """`EUInformation.UnitId`: the code's characters as one number; -1 where there is none (Part 8, 5.6.4)."""
        return int.from_bytes(self.code.encode("ascii"), "big") if self.code else -1


def _read(line: str) -> Unit:
    text, code, name, *symbol = (part.strip() for part in line.split(" | "))
    return Unit(text, code, name, symbol[0] if symbol else text)


UNITS: dict[str, Unit] = {
    unit.text: unit
    for unit in (
        *(_read(line) for line in _RECOMMENDATION_20.strip().splitlines() if not line.startswith("#")),
        *(Unit(text, "", name, text) for text, name in _OTHERS.items()),
    )
}
_SPELLINGS = {spelling: unit for unit in UNITS.values() for spelling in (unit.symbol, unit.text)}


def unit_of(text: str) -> Unit | None:
    """The unit that a server means by `text`, in the product's spelling or the recommendation's; None if unknown."""
    return _SPELLINGS.get(text.strip())


def near_misses(text: str) -> tuple[str, ...]:
    """Known units that somebody who wrote `text` may have meant: same letters in another case first, then alike."""
    plain = text.translate(_PLAIN).casefold()
    plains = {unit: unit.translate(_PLAIN).casefold() for unit in UNITS}
    same = [unit for unit, other in plains.items() if other == plain]
    alike = get_close_matches(plain, list(plains.values()), n=3, cutoff=0.6)
    return tuple(dict.fromkeys([*same, *(unit for word in alike for unit, other in plains.items() if other == word)]))


# What keyboards lack, and what divides the factors of a unit, is no difference worth asking about.
_PLAIN = str.maketrans(
    {"µ": "u", "μ": "u", "Ω": "ohm", "²": "2", "³": "3", "·": "", "*": "", ".": "", " ": "", "°": ""}
)
